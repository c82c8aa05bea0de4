// Reads the log probabilities of a text in the canonical form (chat::EventDetails::logprobs). The tokens have the same
// form, but always with `bytes`, which Responses leaves out of streams.
// https://platform.openai.com/docs/api-reference/chat/object#chat-object-choices-logprobs
#pragma once

#include <string>

#include "json/raw.h"

namespace onellm::dialects::openai_responses {

// {"content":[…],"refusal":null}; empty if `logprobs` is no array or an empty one.
[[nodiscard]] std::string read_logprobs(json::Raw logprobs);

}  // namespace onellm::dialects::openai_responses
