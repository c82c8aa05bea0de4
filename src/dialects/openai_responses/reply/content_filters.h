// Translates the results of Azure's content filters into the members of Azure's Chat Completions.
// https://learn.microsoft.com/azure/ai-foundry/openai/concepts/content-filter
#pragma once

#include <string>

#include "json/raw.h"

namespace onellm::dialects::openai_responses {

// Raw members; empty: no results.
struct FilterMembers {
  std::string reply;   // `"prompt_filter_results":[…]`, for the prompt.
  std::string choice;  // `"content_filter_results":{…}`, for the answer: its first blocked part, else its last part.
};

// `content_filters` is the response's member of that name, or empty.
[[nodiscard]] FilterMembers filter_members(json::Raw content_filters);

}  // namespace onellm::dialects::openai_responses
