// Decodes a whole reply, `chat.completion`, into the events that a stream of the same answer would give.
// https://platform.openai.com/docs/api-reference/chat/object
#pragma once

#include <string_view>

#include "base/error.h"
#include "chat/event.h"
#include "dialects/dialect.h"
#include "dialects/openai_chat/reply/parse.h"

namespace onellm::dialects::openai_chat {

// Ends with kCompleted or kFailed. An error body that came with a 2xx status is a kFailed, too. `asked` is of
// the request that it answers.
void decode_reply(std::string_view body, chat::EventSink& sink, const ReplyContext& asked = {});

// True of what has no choices and is an error although it has no key of that name. `chunk` was read of `source`.
[[nodiscard]] bool looks_like_error(const Chunk& chunk, std::string_view source);

// What a host sent in place of an answer although the status was 200: an error in an array, as Google's
// endpoint sends it, or in any of the shapes that decode_error() knows.
[[nodiscard]] Error decode_error_body(std::string_view body);

}  // namespace onellm::dialects::openai_chat
