#include "base/error.h"

namespace onellm {

namespace {

constexpr int kOverloadedStatus = 503;

}  // namespace

const ErrorRow& error_row(ErrorKind kind) {
  static constexpr const char* kInvalid = "invalid_request_error";
  static constexpr ErrorRow kBadRequest{400, kInvalid, ""};
  static constexpr ErrorRow kUnsupportedParameter{400, kInvalid, "unsupported_parameter"};
  static constexpr ErrorRow kUnauthorized{401, "authentication_error", "invalid_api_key"};
  static constexpr ErrorRow kNotConfigured{503, "server_error", "not_configured"};
  static constexpr ErrorRow kRouteNotFound{404, kInvalid, "unknown_url"};
  static constexpr ErrorRow kMethodNotAllowed{405, kInvalid, "method_not_allowed"};
  static constexpr ErrorRow kModelNotFound{404, kInvalid, "model_not_found"};
  static constexpr ErrorRow kBodyTooLarge{413, kInvalid, "request_too_large"};
  static constexpr ErrorRow kRequestTimeout{408, kInvalid, "request_timeout"};
  static constexpr ErrorRow kBusy{503, "server_error", "busy"};
  static constexpr ErrorRow kUpstreamRefused{502, "server_error", "upstream_error"};
  static constexpr ErrorRow kUpstreamUnreachable{502, "server_error", "upstream_unreachable"};
  static constexpr ErrorRow kUpstreamTimeout{504, "server_error", "upstream_timeout"};
  static constexpr ErrorRow kUpstreamCut{502, "server_error", "upstream_cut"};
  static constexpr ErrorRow kUpstreamBadReply{502, "server_error", "upstream_bad_reply"};
  static constexpr ErrorRow kInternal{500, "server_error", "internal_error"};
  switch (kind) {
    case ErrorKind::kBadRequest: return kBadRequest;
    case ErrorKind::kUnsupportedParameter: return kUnsupportedParameter;
    case ErrorKind::kUnauthorized: return kUnauthorized;
    case ErrorKind::kNotConfigured: return kNotConfigured;
    case ErrorKind::kRouteNotFound: return kRouteNotFound;
    case ErrorKind::kMethodNotAllowed: return kMethodNotAllowed;
    case ErrorKind::kModelNotFound: return kModelNotFound;
    case ErrorKind::kBodyTooLarge: return kBodyTooLarge;
    case ErrorKind::kRequestTimeout: return kRequestTimeout;
    case ErrorKind::kBusy: return kBusy;
    case ErrorKind::kUpstreamRefused: return kUpstreamRefused;
    case ErrorKind::kUpstreamUnreachable: return kUpstreamUnreachable;
    case ErrorKind::kUpstreamTimeout: return kUpstreamTimeout;
    case ErrorKind::kUpstreamCut: return kUpstreamCut;
    case ErrorKind::kUpstreamBadReply: return kUpstreamBadReply;
    case ErrorKind::kInternal: return kInternal;
  }
  __builtin_unreachable();
}

int status_of(const Error& error) { return error.status != 0 ? error.status : error_row(error.kind).status; }

std::string type_of(const Error& error) {
  if (!error.type.empty()) return error.type;
  return error.kind == ErrorKind::kUpstreamRefused ? type_for_status(status_of(error)) : error_row(error.kind).type;
}

std::string code_of(const Error& error) {
  if (!error.code.empty()) return error.code;
  if (error.kind != ErrorKind::kUpstreamRefused) return error_row(error.kind).code;
  return status_of(error) == kOverloadedStatus ? "overloaded" : "";
}

const char* type_for_status(int status) {
  if (status >= 500) return "server_error";
  if (status == 401) return "authentication_error";
  if (status == 403) return "permission_error";
  if (status == 429) return "rate_limit_error";
  return "invalid_request_error";
}

}  // namespace onellm
