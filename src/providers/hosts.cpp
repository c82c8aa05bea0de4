// The known hosts of OpenAI's format: one row for each with its quirks and their sources.
#include "providers/hosts.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace onellm::providers {

namespace {

using dialects::ContentForm;
using dialects::HostForce;
using dialects::ThinkingSwitch;
using dialects::ToolCallIds;
using dialects::ToolNameForm;

constexpr const char* kNewLimit = "max_completion_tokens";
constexpr const char* kOldLimit = "max_tokens";

Quirks moonshot() {
  return {.cache_marks = false,
          .tool_names = ToolNameForm::kLetterFirst,
          .thinking = ThinkingSwitch::kType,
          .forced_tools = HostForce::kNone,
          .choices_max = 5,
          .stops_max = 5,
          .temperature_tenths_max = 10,
          .maker = models::Maker::kMoonshot};
}

// Documents only max_tokens, one stop text, only tool_choice "auto", and no n:
// https://docs.z.ai/guides/overview/concept-param, https://docs.z.ai/api-reference/llm/chat-completion,
// https://java.agentscope.io/v2/en/integration/model/glm. It always reports usage.
Quirks zai() {
  return {.stream_usage = false,
          .names = false,
          .cache_marks = false,
          .thinking = ThinkingSwitch::kType,
          .forced_tools = HostForce::kNone,
          .formats = dialects::kJsonObjects,
          .choices_max = 1,
          .stops_max = 1,
          .temperature_tenths_max = 10,
          .drop = {"presence_penalty", "frequency_penalty"},
          .rename = {{kNewLimit, kOldLimit}}};
}

std::vector<Host> host_rows() {
  return {
      // Refuses every field that it does not know (422 extra_forbidden), also max_completion_tokens and stream_options:
      // https://github.com/editor-code-assistant/eca/issues/231, https://github.com/Gitlawb/openclaude/issues/739,
      // https://github.com/openai/openai-agents-python/issues/442. It always reports usage. Its seed is random_seed:
      // https://docs.mistral.ai/api. Ids of calls: https://github.com/openclaw/openclaw/issues/57672. Names of tools:
      // https://github.com/Kochava-Studios/witsy/pull/164
      {".mistral.ai",
       {.stream_usage = false,
        .echoes = false,
        .cache_marks = false,
        .tool_call_ids = ToolCallIds::kNine,
        .tool_names = ToolNameForm::kPlain,
        .thinking = ThinkingSwitch::kEffort,
        .drop = {"logit_bias", "logprobs", "top_logprobs", "user", "safety_identifier", "modalities", "audio",
                 "web_search_options"},
        .rename = {{kNewLimit, kOldLimit}, {"seed", "random_seed"}}}},
      // Returns 400 for these parameters, for names of messages, for n above 1, and for members of answers that clients
      // send back in messages.
      // https://console.groq.com/docs/openai, https://github.com/karthink/gptel/issues/774
      {"api.groq.com",
       {.echoes = false,
        .names = false,
        .cache_marks = false,
        .thinking = ThinkingSwitch::kEffort,
        .choices_max = 1,
        .stops_max = 4,
        .drop = {"logit_bias", "logprobs", "top_logprobs"}}},
      // Returns 400 wrong_api_format for keys that it does not know, also in messages:
      // https://github.com/proxysoul/Empryo/pull/209, https://github.com/QwenLM/qwen-code/issues/11045
      {"api.cerebras.ai", {.echoes = false, .cache_marks = false, .thinking = ThinkingSwitch::kEffort}},
      // Refuses images in tool results. https://ai.google.dev/gemini-api/docs/openai
      {".googleapis.com", {.tool_images = false}},
      // Takes max_completion_tokens and ignores it. https://github.com/earendil-works/pi/issues/8018,
      // https://api-docs.deepseek.com/api/create-chat-completion (no n; 16 stops). No schemas:
      // https://github.com/llm-exe/llm-exe/issues/662. Thinking: https://api-docs.deepseek.com/guides/thinking_mode.
      // Names of tools: https://github.com/use-novamira/novamira/issues/12,
      // https://github.com/decolua/9router/pull/3333 (none twice). No forced tool while it thinks:
      // https://github.com/osaurus-ai/osaurus/pull/1940, https://github.com/deepseek-ai/DeepSeek-V3/issues/1376
      {"api.deepseek.com",
       {.cache_marks = false,
        .tool_names = ToolNameForm::kPlain,
        .thinking = ThinkingSwitch::kType,
        .force_while_thinking = false,
        .repeated_tools = false,
        .formats = dialects::kJsonObjects,
        .choices_max = 1,
        .stops_max = 16,
        .rename = {{kNewLimit, kOldLimit}}}},
      // https://platform.kimi.ai/docs/guide/migrating-from-openai-to-kimi (temperature up to 1),
      // https://platform.kimi.ai/docs/api/chat (n and stop up to 5; tool_choice auto or none while it thinks),
      // https://github.com/MoonshotAI/kimi-cli/issues/1773 (names of tools)
      {".moonshot.ai", moonshot()},
      {".moonshot.cn", moonshot()},
      {"api.z.ai", zai()},
      {"open.bigmodel.cn", zai()},
      // No tool_choice "required"; n up to 4:
      // https://www.alibabacloud.com/help/en/model-studio/compatibility-of-openai-with-dashscope
      // Thinking: https://help.aliyun.com/en/model-studio/deep-thinking. Names of tools:
      // https://github.com/QwenLM/Qwen3-VL/issues/2069. No forced tool while it thinks:
      // https://github.com/cloudwego/eino/issues/994, https://github.com/QwenLM/qwen-code/issues/7659. It has
      // cache_control:
      // https://www.alibabacloud.com/help/en/model-studio/context-cache
      {".aliyuncs.com",
       {.tool_names = ToolNameForm::kPlain,
        .thinking = ThinkingSwitch::kEnable,
        .forced_tools = HostForce::kNamed,
        .force_while_thinking = false,
        .choices_max = 4}},
      // Has no tools and no JSON mode without a schema. Needs content in every message:
      // https://docs.getbifrost.ai/providers/supported-providers/perplexity,
      // https://github.com/567-labs/instructor/issues/1005, https://github.com/BerriAI/litellm/issues/11665
      // Messages of user and assistant must alternate:
      // https://github.com/perplexityai/api-discussion/issues/265, https://github.com/pipecat-ai/pipecat/pull/4009
      {"api.perplexity.ai",
       {.cache_marks = false,
        .content = ContentForm::kFilled,
        .repeated_roles = false,
        .formats = dialects::kJsonSchemas,
        .choices_max = 1,
        .drop = {"tools", "tool_choice", "functions", "function_call", "parallel_tool_calls", "stop", "seed",
                 "logit_bias", "logprobs", "top_logprobs"}}},
      // Workers AI: for most models the content must be one string.
      // https://github.com/cloudflare/cloudflare-os/issues/54, https://github.com/anomalyco/opencode/issues/30381
      // Its limit is max_tokens: https://developers.cloudflare.com/workers-ai/models
      {"api.cloudflare.com", {.cache_marks = false, .content = ContentForm::kText, .rename = {{kNewLimit, kOldLimit}}}},
      // Takes OpenAI's verbosity, and cache_control. https://openrouter.ai/docs/api-reference/parameters,
      // https://openrouter.ai/docs/features/prompt-caching
      {"openrouter.ai", {.pass = {"verbosity"}}},
  };
}

bool is_host(std::string_view name, std::string_view row) {
  return row.starts_with('.') ? name.ends_with(row) : name == row;
}

const Quirks* find_quirks(std::string_view name) {
  for (const Host& row : hosts()) {
    if (is_host(name, row.host)) return &row.quirks;
  }
  return nullptr;
}

// Removes user and port.
std::string_view host_of(std::string_view segment) {
  segment.remove_prefix(segment.rfind('@') + 1);
  return segment.substr(0, segment.find(':'));
}

}  // namespace

const std::vector<Host>& hosts() {
  static const std::vector<Host> kRows = host_rows();
  return kRows;
}

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
