// The reason why a request cannot be sent to a provider, as the drafts of the encoders keep it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "chat/request.h"

namespace onellm::dialects {

// Makes "<param> <complaint>." of `kind` the error, unless there is one: the first reason is told.
void complain(std::optional<Error>& error, std::string&& param, std::string_view complaint, ErrorKind kind);

// What a dialect that must translate a request says to a type that OpenAI does not document; nothing where the
// request holds none.
[[nodiscard]] std::optional<Error> refusal_of_foreign_type(const chat::Request& request);

}  // namespace onellm::dialects
