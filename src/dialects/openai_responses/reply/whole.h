// Decodes a whole reply of the Responses API into the events that a stream of the same answer would give.
// https://platform.openai.com/docs/api-reference/responses/object
#pragma once

#include <string_view>

#include "chat/event.h"
#include "dialects/dialect.h"

namespace onellm::dialects::openai_responses {

// Ends with kCompleted or kFailed. A failed response, or an error body with a 2xx status, is a kFailed, too.
void decode_reply(std::string_view body, const ReplyContext& context, chat::EventSink& sink);

}  // namespace onellm::dialects::openai_responses
