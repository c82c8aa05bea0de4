// The reason why a request cannot be sent to a provider. Encoders collect it while they write the request.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "chat/request.h"

namespace onellm::dialects {

// Sets `error` to the message "<param> <complaint>." with that `kind`. Keeps an earlier error: the first one is
// reported.
void complain(std::optional<Error>& error, std::string&& param, std::string_view complaint, ErrorKind kind);

// The refusal for dialects that must translate the request, if it has a type that OpenAI does not document. nullopt
// if it has none.
[[nodiscard]] std::optional<Error> refusal_of_foreign_type(const chat::Request& request);

}  // namespace onellm::dialects
