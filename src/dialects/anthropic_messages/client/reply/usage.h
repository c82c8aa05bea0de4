// Writes the token counts of an answer in Anthropic's form: the cached parts of the prompt are not in `input_tokens`.
// https://docs.claude.com/en/api/messages#response-usage
#pragma once

#include <string>

#include "chat/usage.h"

namespace onellm::dialects::anthropic_messages {

// Appends the object. The four counts are always there, because clients fail without them; they are 0 if the provider
// reported none (`usage` is null).
void append_usage(std::string& out, const chat::Usage* usage);

// The same at the start of a stream, when few providers have reported anything: the prompt is then estimated. It is
// never 0, since clients compute from it how full the context is.
void append_first_usage(std::string& out, const chat::Usage* usage, int64_t estimated_input_tokens);

// The part of the prompt that came from no cache and went into none. Never below 0.
[[nodiscard]] int64_t uncached_input(const chat::Usage& usage);

}  // namespace onellm::dialects::anthropic_messages
