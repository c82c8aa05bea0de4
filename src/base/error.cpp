#include "base/error.h"

namespace onellm {

namespace {

constexpr int kOverloadedStatus = 503;

Fault fault_of_status(int status) {
  if (status >= 500) return Fault::kServer;
  if (status == 401) return Fault::kCredential;
  if (status == 403) return Fault::kPermission;
  if (status == 429) return Fault::kRateLimit;
  return Fault::kRequest;
}

}  // namespace

const ErrorRow& error_row(ErrorKind kind) {
  static constexpr ErrorRow kBadRequest{400, ""};
  static constexpr ErrorRow kUnsupportedParameter{400, "unsupported_parameter"};
  static constexpr ErrorRow kUnauthorized{401, "invalid_api_key"};
  static constexpr ErrorRow kNotConfigured{503, "not_configured"};
  static constexpr ErrorRow kRouteNotFound{404, "unknown_url"};
  static constexpr ErrorRow kMethodNotAllowed{405, "method_not_allowed"};
  static constexpr ErrorRow kModelNotFound{404, "model_not_found"};
  static constexpr ErrorRow kBodyTooLarge{413, "request_too_large"};
  static constexpr ErrorRow kRequestTimeout{408, "request_timeout"};
  static constexpr ErrorRow kBusy{503, "busy"};
  static constexpr ErrorRow kUpstreamRefused{502, "upstream_error"};
  static constexpr ErrorRow kUpstreamUnreachable{502, "upstream_unreachable"};
  static constexpr ErrorRow kUpstreamTimeout{504, "upstream_timeout"};
  static constexpr ErrorRow kUpstreamCut{502, "upstream_cut"};
  static constexpr ErrorRow kUpstreamBadReply{502, "upstream_bad_reply"};
  static constexpr ErrorRow kPermissionDenied{403, "permission_denied"};
  static constexpr ErrorRow kModelNotAllowed{403, "model_not_allowed"};
  static constexpr ErrorRow kModelNotPriced{403, "model_not_priced"};
  static constexpr ErrorRow kKeyLimit{429, "rate_limit_exceeded"};
  static constexpr ErrorRow kBudgetReserved{429, "budget_reserved"};
  static constexpr ErrorRow kBudgetSpent{429, "budget_exceeded"};
  static constexpr ErrorRow kKeyNotFound{404, "key_not_found"};
  static constexpr ErrorRow kKeyTaken{409, "key_alias_taken"};
  static constexpr ErrorRow kTooManyKeys{409, "too_many_keys"};
  static constexpr ErrorRow kKeyStoreUnavailable{503, "key_store_unavailable"};
  static constexpr ErrorRow kInternal{500, "internal_error"};
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
    case ErrorKind::kPermissionDenied: return kPermissionDenied;
    case ErrorKind::kModelNotAllowed: return kModelNotAllowed;
    case ErrorKind::kModelNotPriced: return kModelNotPriced;
    case ErrorKind::kKeyLimit: return kKeyLimit;
    case ErrorKind::kBudgetReserved: return kBudgetReserved;
    case ErrorKind::kBudgetSpent: return kBudgetSpent;
    case ErrorKind::kKeyNotFound: return kKeyNotFound;
    case ErrorKind::kKeyTaken: return kKeyTaken;
    case ErrorKind::kTooManyKeys: return kTooManyKeys;
    case ErrorKind::kKeyStoreUnavailable: return kKeyStoreUnavailable;
    case ErrorKind::kInternal: return kInternal;
  }
  __builtin_unreachable();
}

int status_of(const Error& error) { return error.status != 0 ? error.status : error_row(error.kind).status; }

std::string code_of(const Error& error) {
  if (!error.code.empty()) return error.code;
  if (error.kind != ErrorKind::kUpstreamRefused) return error_row(error.kind).code;
  return status_of(error) == kOverloadedStatus ? "overloaded" : "";
}

Fault fault_of(const Error& error) {
  if (error.fault != Fault::kByStatus) return error.fault;
  const bool is_reply = error.kind == ErrorKind::kUpstreamRefused;
  return fault_of_status(is_reply ? status_of(error) : error_row(error.kind).status);
}

}  // namespace onellm
