// Reads what a provider's JSON says about an error, in whatever shape: this is the part of errors.h that
// knows the shapes, and nothing of what they mean.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace onellm::dialects {

// Empty or 0: not said.
struct ErrorFields {
  std::string message;  // As it came; the words below are cut to a bounded length and have no credentials.
  std::string type;
  std::string param;
  std::string code;
  int64_t number = 0;  // A status, or a code that is a number.
  std::string reason;  // google.rpc's word: of its ErrorInfo, else its status, "FAILED_PRECONDITION".
  // How long it asks to wait, by google.rpc.RetryInfo among its details.
  uint32_t retry_after_s = 0;
  std::string extra;  // Raw members that tell more, `"innererror":{…}`.
};

// Reads one JSON text. False if it is none, or holds nothing of the kind; `fields` may then be anything.
[[nodiscard]] bool read_error_fields(std::string_view json_text, ErrorFields& fields);

}  // namespace onellm::dialects
