// Turns a provider's error into an Error, the same for every dialect: the message for the client, the status, and the
// code if the wording implies one (errors/words.h). Each dialect adds the rest from its own table.
//
// Rule: No Error made here holds a credential, and each has a message.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/error.h"
#include "dialects/common/errors/fields.h"

namespace onellm::dialects {

[[nodiscard]] bool is_error_status(int64_t status);

// Reads the body of an error reply: JSON of any shape, text, an HTML page, or nothing. A body that is not JSON gives
// only a message.
[[nodiscard]] ErrorFields read_error_body(int status, std::string_view body);

// A kUpstreamRefused without a type. It has a code only if the wording implies one. Overload is 503 with the code
// "overloaded" for every provider. `status` is the provider's status, or the status that its error stands for; 0:
// neither is known.
[[nodiscard]] Error make_upstream_error(int status, const ErrorFields& fields);

}  // namespace onellm::dialects
