// The echo: a provider inside the module that answers with the last user message. It needs no key and no network, so a
// new deployment can show a real streamed answer, and tests need no upstream.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "chat/event.h"
#include "chat/request.h"

namespace onellm::providers {

// Sends the whole answer to `sink`: one text event for each word if `request.stream`, else one for all. Usage is
// counted in words. `id` becomes the id of the answer.
void answer_by_echo(const chat::Request& request, std::string_view id, int64_t created_s, chat::EventSink& sink);

// The names of the parameters of `request` that the echo ignores.
[[nodiscard]] std::vector<std::string> parameters_echo_drops(const chat::Request& request);

}  // namespace onellm::providers
