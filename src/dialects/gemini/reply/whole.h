// Decodes a whole reply into the events that a stream of the same answer would give. It is one
// `GenerateContentResponse`, or, where a stream was asked for without server-sent events, an array of them.
// https://ai.google.dev/api/generate-content#v1beta.GenerateContentResponse
#pragma once

#include <string_view>

#include "base/error.h"
#include "chat/event.h"
#include "dialects/dialect.h"

namespace onellm::dialects::gemini {

// Ends with kCompleted or kFailed. An error that came with a 2xx status is a kFailed, too.
void decode_reply(std::string_view body, const ReplyContext& asked, chat::EventSink& sink);

// What came in place of an answer although the status was 200: `{"error":…}`, or an array of one.
[[nodiscard]] Error decode_error_body(std::string_view body);

}  // namespace onellm::dialects::gemini
