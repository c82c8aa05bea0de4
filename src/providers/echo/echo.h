// The provider inside the module: it answers with the last user message, without key or network, so
// that a new deployment shows a real streamed answer, and tests need no upstream.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "chat/event.h"
#include "chat/request.h"

namespace onellm::providers {

// Hands the whole answer on: one text event a word where `request.stream`, else one for all. Usage is
// counted in words. `id` becomes the answer's id.
void answer_by_echo(const chat::Request& request, std::string_view id, int64_t created_s, chat::EventSink& sink);

// The parameters of `request` that a repeated text cannot honour, by name.
[[nodiscard]] std::vector<std::string> parameters_echo_drops(const chat::Request& request);

}  // namespace onellm::providers
