// Errors for replies that cannot be used, the same in every dialect: malformed, cut short, or without an answer.
#pragma once

#include <string_view>

#include "base/error.h"
#include "chat/event.h"
#include "json/raw.h"

namespace onellm::dialects {

// The error for a malformed reply. `problem` completes the sentence "The provider's reply …".
[[nodiscard]] Error bad_reply(std::string_view problem);

// The error for a stream that ended before the answer was complete.
[[nodiscard]] Error cut_short();

// The error for an answer that was interrupted before its first word. `reason` is the provider's own finish reason; in
// lower case it becomes the code. `message` is the provider's text beside it. Another target may still answer.
[[nodiscard]] Error gave_no_answer(json::RawString reason, json::RawString message = {});

// Passes on a kFailed.
void emit_failure(const Error& error, chat::EventSink& sink);

// Removes white space at the start of `body`. Passes on a kFailed and returns false if the rest cannot be JSON: it is
// empty, an HTML page, or longer than kReplyBytesMax.
[[nodiscard]] bool begin_json_body(std::string_view& body, chat::EventSink& sink);

}  // namespace onellm::dialects
