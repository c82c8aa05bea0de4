// What is wrong with a reply as a reply, whatever its dialect.
#pragma once

#include <string_view>

#include "base/error.h"
#include "chat/event.h"
#include "json/raw.h"

namespace onellm::dialects {

// A reply that is not what its dialect allows; `problem` completes "the reply …".
[[nodiscard]] Error bad_reply(std::string_view problem);

// A stream that ended before its answer did.
[[nodiscard]] Error cut_short();

// An answer that was interrupted before its first word: `reason` is the provider's own finish reason, which
// becomes the code, and `message` what it said beside it. Another target may do better.
[[nodiscard]] Error gave_no_answer(json::RawString reason, json::RawString message = {});

// Hands on a kFailed.
void emit_failure(const Error& error, chat::EventSink& sink);

// Takes the white space before `body` off. Where no JSON can follow (nothing does, or a page of HTML, or
// more than kReplyBytesMax), hands on a kFailed and returns false.
[[nodiscard]] bool begin_json_body(std::string_view& body, chat::EventSink& sink);

}  // namespace onellm::dialects
