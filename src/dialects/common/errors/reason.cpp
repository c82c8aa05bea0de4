#include "dialects/common/errors/reason.h"

namespace onellm::dialects {

namespace {

const char* word_of(Fault fault) {
  switch (fault) {
    case Fault::kByStatus:  // fault_of() never gives it.
    case Fault::kRequest: return "invalid_request_error";
    case Fault::kCredential: return "authentication_error";
    case Fault::kPermission: return "permission_error";
    case Fault::kNoMoney: return "insufficient_quota";
    case Fault::kRateLimit: return "rate_limit_error";
    case Fault::kServer:
    case Fault::kOverload: return "server_error";
  }
  __builtin_unreachable();
}

}  // namespace

std::string type_of(const Error& error) {
  return error.provider_type.empty() ? word_of(fault_of(error)) : error.provider_type;
}

std::string reason_of(const Error& error) {
  std::string code = code_of(error);
  return code.empty() ? type_of(error) : code;
}

}  // namespace onellm::dialects
