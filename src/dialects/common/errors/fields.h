// Reads the fields of a provider's error from JSON of any known shape.
// Rule: This file knows only the shapes. Meanings are in words.h and upstream_error.h.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace onellm::dialects {

// Empty or 0: not reported.
struct ErrorFields {
  std::string message;  // Unchanged. Type, param, code and reason are shortened and have no credentials.
  std::string type;
  std::string param;
  std::string code;
  int64_t number = 0;  // A status, or a code that is a number.
  std::string reason;  // google.rpc's ErrorInfo.reason, else its status, such as "FAILED_PRECONDITION".
  // How long to wait before a retry, from google.rpc.RetryInfo in the details.
  uint32_t retry_after_s = 0;
  std::string extra;  // Raw members with more details, such as `"innererror":{…}`.
};

// Reads one JSON text. False if it is not JSON or holds no error field; `fields` is then unspecified.
[[nodiscard]] bool read_error_fields(std::string_view json_text, ErrorFields& fields);

}  // namespace onellm::dialects
