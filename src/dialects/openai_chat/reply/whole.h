// Decodes a whole reply, `chat.completion`, into the events that a stream of the same answer would give.
// https://platform.openai.com/docs/api-reference/chat/object
#pragma once

#include <string_view>

#include "base/error.h"
#include "chat/event.h"
#include "dialects/dialect.h"
#include "dialects/openai_chat/reply/parse.h"

namespace onellm::dialects::openai_chat {

// Ends with kCompleted or kFailed. An error body with a 2xx status is a kFailed, too. `asked`: the context of the
// request that this reply answers.
void decode_reply(std::string_view body, chat::EventSink& sink, const ReplyContext& asked = {});

// For a reply without choices and without the key `error`: true if it is an error all the same. `chunk` was read from
// `source`.
[[nodiscard]] bool looks_like_error(const Chunk& chunk, std::string_view source);

// Decodes an error body that came with status 200: an error in an array, as Google's endpoint sends it, or any shape
// that decode_error() knows.
[[nodiscard]] Error decode_error_body(std::string_view body);

}  // namespace onellm::dialects::openai_chat
