// Decodes a whole reply into the same chat events as a stream of the same reply. The body is one
// `GenerateContentResponse`, or an array of them if a stream was requested without server-sent events.
// https://ai.google.dev/api/generate-content#v1beta.GenerateContentResponse
#pragma once

#include <string_view>

#include "base/error.h"
#include "chat/event.h"
#include "dialects/dialect.h"

namespace onellm::dialects::gemini {

// The last event is kCompleted or kFailed. An error body with a 2xx status gives kFailed.
void decode_reply(std::string_view body, const ReplyContext& asked, chat::EventSink& sink);

// Decodes an error body that came with status 200: `{"error":…}`, or an array with one such object.
[[nodiscard]] Error decode_error_body(std::string_view body);

}  // namespace onellm::dialects::gemini
