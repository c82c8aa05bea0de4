// The log probabilities of a text, as Chat Completions has them: the same, with the bytes of each token,
// which Responses leaves out of streams.
// https://platform.openai.com/docs/api-reference/chat/object#chat-object-choices-logprobs
#pragma once

#include <string>

#include "json/raw.h"

namespace onellm::dialects::openai_responses {

// The member `"logprobs":{…}` of a choice; empty where `logprobs` is no array, or an empty one.
[[nodiscard]] std::string logprobs_member(json::Raw logprobs);

}  // namespace onellm::dialects::openai_responses
