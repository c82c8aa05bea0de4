// Translates the log probabilities of a text into the form of Chat Completions. It is the same form, but always with
// `bytes` of each token, which Responses leaves out of streams.
// https://platform.openai.com/docs/api-reference/chat/object#chat-object-choices-logprobs
#pragma once

#include <string>

#include "json/raw.h"

namespace onellm::dialects::openai_responses {

// The member `"logprobs":{…}` of a choice; empty if `logprobs` is no array or an empty one.
[[nodiscard]] std::string logprobs_member(json::Raw logprobs);

}  // namespace onellm::dialects::openai_responses
