#include "dialects/anthropic_messages/errors.h"

#include <string>

#include "base/text.h"
#include "dialects/common/errors/upstream_error.h"

namespace onellm::dialects::anthropic_messages {

namespace {

struct ErrorType {
  std::string_view name;
  int status;
  // What OpenAI's clients understand. They retry 429 unless its code is insufficient_quota. They do not know 402 and
  // 529.
  int client_status;
  Fault fault;
  const char* code;
};
constexpr int kOverloadedStatus = 529;
constexpr ErrorType kErrorTypes[] = {
    {"invalid_request_error", 400, 400, Fault::kRequest, ""},
    {"authentication_error", 401, 401, Fault::kCredential, "invalid_api_key"},
    {"billing_error", 402, 429, Fault::kNoMoney, "insufficient_quota"},
    {"permission_error", 403, 403, Fault::kPermission, ""},
    {"not_found_error", 404, 404, Fault::kRequest, "model_not_found"},
    {"conflict_error", 409, 409, Fault::kRequest, ""},
    {"request_too_large", 413, 413, Fault::kRequest, "request_too_large"},
    {"rate_limit_error", 429, 429, Fault::kRateLimit, "rate_limit_exceeded"},
    {"api_error", 500, 500, Fault::kServer, ""},
    {"timeout_error", 504, 504, Fault::kServer, "timeout"},
    {"overloaded_error", kOverloadedStatus, 503, Fault::kOverload, "overloaded"},
};

// Looks up the status first. The type decides if the status is none of Anthropic's or is 0. Null: neither is known.
const ErrorType* find_error_type(int status, std::string_view name) {
  for (const ErrorType& row : kErrorTypes) {
    if (row.status == status) return &row;
  }
  for (const ErrorType& row : kErrorTypes) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

// Models retire by family. The first row whose name is part of the model's name applies.
struct Family {
  std::string_view name;
  std::string_view current;
};
constexpr Family kFamilies[] = {
    {"opus", "claude-opus-5-5"},     {"haiku", "claude-haiku-5-5"},     {"instant", "claude-haiku-5-5"},
    {"sonnet", "claude-sonnet-5-5"}, {"claude-1", "claude-sonnet-5-5"}, {"claude-2", "claude-sonnet-5-5"},
};

// A sentence that suggests a current model instead of a retired one; may be empty.
std::string hint_for(std::string_view model) {
  for (const Family& family : kFamilies) {
    if (model.find(family.name) == model.npos) continue;
    if (model.starts_with(family.current)) return "";
    return " (" + std::string(model) + " may be retired; a current model of its kind is " +
           std::string(family.current) + ")";
  }
  return "";
}

Error make_error(int status, const ErrorFields& fields, std::string_view model) {
  const ErrorType* known = find_error_type(status, fields.type);
  const int meant = status != 0 || known == nullptr ? status : known->status;
  Error error = make_upstream_error(meant, fields);
  // A 404 may also mean a wrong path: then it is not model_not_found.
  const bool is_of_model = fields.type == "not_found_error" || fields.message.find("model") != std::string::npos;
  if (known != nullptr && (known->status != 404 || is_of_model)) {
    // A status that does not belong to the type comes from a proxy. It is kept, because it is more exact than the
    // table's. Exception: overload always becomes 503.
    const bool is_its_status = meant == known->status || known->status == kOverloadedStatus;
    if (is_its_status) error.status = known->client_status;
    error.fault = known->fault;
    if (error.code.empty()) error.code = known->code;
    if (known->status == 404) error.message += hint_for(model);
  }
  return error;
}

}  // namespace

Error decode_error(int status, std::string_view body, std::string_view model) {
  const ErrorFields fields = read_error_body(status, body);
  if (status >= 400) return make_error(status, fields, model);
  Error error = make_error(0, fields, model);
  error.upstream_status = status;
  return error;
}

Error decode_stream_error(std::string_view body, std::string_view model) {
  return make_error(0, read_error_body(0, body), model);
}

}  // namespace onellm::dialects::anthropic_messages
