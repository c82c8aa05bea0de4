// What an error of a provider becomes, whatever its dialect: the text that the client may see, the status it
// stands for, and the code where its words say one (errors/words.h). What else goes with it is each dialect's own
// table.
//
// Rule: Nothing leaves here that looks like a credential, or without a message.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/error.h"
#include "dialects/common/errors/fields.h"

namespace onellm::dialects {

[[nodiscard]] bool is_error_status(int64_t status);

// What the body of a reply with an error's status says: JSON in any shape, a text, a page of HTML, or
// nothing; of the latter three only the message.
[[nodiscard]] ErrorFields read_error_body(int status, std::string_view body);

// A kUpstreamRefused without type, and without code unless its words mean one; overload is 503 with code
// "overloaded" for every provider. `status` is what the provider answered, or what its error means; 0: neither is
// known.
[[nodiscard]] Error make_upstream_error(int status, const ErrorFields& fields);

}  // namespace onellm::dialects
