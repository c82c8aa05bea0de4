// What Azure's filters say of a response, as its Chat Completions say it.
// https://learn.microsoft.com/azure/ai-foundry/openai/concepts/content-filter
#pragma once

#include <string>

#include "json/raw.h"

namespace onellm::dialects::openai_responses {

// Raw members; empty: nothing was said.
struct FilterMembers {
  std::string reply;   // `"prompt_filter_results":[…]`, of the prompt.
  std::string choice;  // `"content_filter_results":{…}`, of the answer: of what was blocked of it, else of its end.
};

// `content_filters` is the response's member of that name, or empty.
[[nodiscard]] FilterMembers filter_members(json::Raw content_filters);

}  // namespace onellm::dialects::openai_responses
