// The hosts whose quirks are known, one row each, with where they are documented.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "providers/quirks.h"

namespace onellm::providers {

namespace {

using dialects::ToolCallIds;

struct HostRow {
  std::string_view host;  // A whole name; ".mistral.ai" is every name below that one.
  Quirks quirks;
};

constexpr const char* kNewLimit = "max_completion_tokens";
constexpr const char* kOldLimit = "max_tokens";

std::vector<HostRow> host_rows() {
  return {
      // Refuses every field that it does not have (422 extra_forbidden), max_completion_tokens and stream_options
      // too: https://github.com/editor-code-assistant/eca/issues/231, https://github.com/Gitlawb/openclaude/issues/739,
      // https://github.com/openai/openai-agents-python/issues/442. It reports usage unasked. Its seed is random_seed:
      // https://docs.mistral.ai/api. Ids of calls: https://github.com/openclaw/openclaw/issues/57672.
      {".mistral.ai",
       {.stream_usage = false,
        .echoes = false,
        .tool_call_ids = ToolCallIds::kNine,
        .drop = {"logit_bias", "logprobs", "top_logprobs", "user", "safety_identifier", "modalities", "audio",
                 "web_search_options"},
        .rename = {{kNewLimit, kOldLimit}, {"seed", "random_seed"}}}},
      // 400 for these parameters, and for members of messages that clients echo.
      // https://console.groq.com/docs/openai
      {"api.groq.com", {.echoes = false, .drop = {"logit_bias", "logprobs", "top_logprobs"}}},
      // https://inference-docs.cerebras.ai
      {"api.cerebras.ai", {.echoes = false}},
      // Refuses images from tools. https://ai.google.dev/gemini-api/docs/openai
      {".googleapis.com", {.tool_images = false}},
      // Takes max_completion_tokens and ignores it. https://github.com/earendil-works/pi/issues/8018,
      // https://api-docs.deepseek.com/api/create-chat-completion
      {"api.deepseek.com", {.rename = {{kNewLimit, kOldLimit}}}},
      // Documents max_tokens only. https://docs.z.ai/guides/overview/concept-param
      {"api.z.ai", {.rename = {{kNewLimit, kOldLimit}}}},
      // Has the verbosity of OpenAI. https://openrouter.ai/docs/api-reference/parameters
      {"openrouter.ai", {.pass = {"verbosity"}}},
  };
}

bool is_host(std::string_view name, std::string_view row) {
  return row.starts_with('.') ? name.ends_with(row) : name == row;
}

const Quirks* find_quirks(std::string_view name) {
  static const std::vector<HostRow> kRows = host_rows();
  for (const HostRow& row : kRows) {
    if (is_host(name, row.host)) return &row.quirks;
  }
  return nullptr;
}

// Without the user before it and the port behind it.
std::string_view host_of(std::string_view segment) {
  segment.remove_prefix(segment.rfind('@') + 1);
  return segment.substr(0, segment.find(':'));
}

}  // namespace

const Quirks& known_quirks(std::string_view base) {
  static const Quirks kUnknown;
  const std::string lower = ascii_lower(base);
  std::string_view rest = lower;
  const size_t scheme = rest.find("://");
  if (scheme != rest.npos) rest.remove_prefix(scheme + 3);
  while (!rest.empty()) {
    const std::string_view segment = rest.substr(0, rest.find('/'));
    if (const Quirks* quirks = find_quirks(host_of(segment))) return *quirks;
    rest.remove_prefix(std::min(rest.size(), segment.size() + 1));
  }
  return kUnknown;
}

}  // namespace onellm::providers
