// Reads the results of Azure's content filters.
// https://learn.microsoft.com/azure/ai-foundry/openai/concepts/content-filter
#pragma once

#include <string>

#include "json/raw.h"

namespace onellm::dialects::openai_responses {

// JSON; empty: no results.
struct FilterResults {
  std::string prompt;  // chat::EventDetails::prompt_filters
  std::string answer;  // chat::EventDetails::answer_filters: of its first blocked part, else of its last part.
};

// `content_filters` is the response's member of that name, or empty.
[[nodiscard]] FilterResults read_filter_results(json::Raw content_filters);

}  // namespace onellm::dialects::openai_responses
