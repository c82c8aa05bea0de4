#include "dialects/gemini/request/writer.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "dialects/common/foreign/foreign_source.h"
#include "dialects/common/request/cache_marks.h"
#include "dialects/common/request/left_out.h"
#include "dialects/common/request/raw_values.h"
#include "dialects/common/request/reasoning_wish.h"
#include "dialects/common/tools/hosted_tools.h"
#include "dialects/common/tools/repeated_tools.h"
#include "dialects/gemini/request/draft.h"
#include "dialects/gemini/request/messages/encoder.h"
#include "dialects/gemini/request/parameters.h"
#include "dialects/gemini/request/safety.h"
#include "dialects/gemini/request/tools.h"
#include "json/writer.h"

namespace onellm::dialects::gemini {

namespace {

// Parameters that one of the encoders handles (and drops itself if necessary).
constexpr std::string_view kHandled[] = {
    "temperature",
    "top_p",
    "max_tokens",
    "max_completion_tokens",
    "stop",
    "presence_penalty",
    "frequency_penalty",
    "seed",
    "reasoning_effort",
    "logprobs",
    "top_logprobs",
    "service_tier",
    "modalities",
    "web_search_options",
    "parallel_tool_calls",
    "store",
};
constexpr std::string_view kHandledUnknown[] = {"top_k", "safety_settings", "safetySettings", "cached_content",
                                                "cachedContent"};

template <size_t count>
bool is_among(const std::string_view (&names)[count], std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

void note_dropped(RequestDraft& draft) {
  drop_marks_of_tools(draft.request, draft.drops);
  for (const chat::Parameter& parameter : draft.request.parameters) {
    if (!is_among(kHandled, parameter.name) && !asks_for_nothing(parameter)) draft.drops.add(parameter.name);
  }
  // Gemini cannot be limited to one call at a time.
  if (draft.request.parameter("parallel_tool_calls").text == "false") draft.drops.add("parallel_tool_calls");
  for (const chat::Parameter& parameter : draft.request.unknown) {
    const bool is_handled = is_among(kHandledUnknown, parameter.name) || is_reasoning_parameter(parameter.name);
    if (!is_handled) draft.drops.add(parameter.name);
  }
}

void encode_cached_content(RequestDraft& draft, json::ObjectWriter& body) {
  for (const chat::Parameter& parameter : draft.request.unknown) {
    if (parameter.name != "cached_content" && parameter.name != "cachedContent") continue;
    if (!draft.rules.takes_cached_content) return draft.drops.add(parameter.name);
    if (!parameter.value.text.starts_with('"')) return draft.refuse(std::string(parameter.name), "must be a string");
    return body.add("cachedContent", parameter.value);
  }
}

struct Tier {
  std::string_view openai;
  std::string_view gemini;  // Empty: Google's default, not sent.
};
constexpr Tier kTiers[] = {
    {"auto", ""}, {"default", "standard"}, {"flex", "flex"}, {"priority", "priority"}, {"fast", "priority"},
};

void encode_service_tier(RequestDraft& draft, json::ObjectWriter& body) {
  const json::Raw value = draft.request.parameter("service_tier");
  if (value.empty()) return;
  const std::string name = json::unescape(text_of(value));
  const Tier* const tier =
      std::find_if(std::begin(kTiers), std::end(kTiers), [&](const Tier& row) { return row.openai == name; });
  if (tier == std::end(kTiers)) return draft.drops.add("service_tier");
  if (!tier->gemini.empty()) body.add_plain("serviceTier", tier->gemini);
}

// For new projects Google stores requests by default; OpenAI does not. So `"store":false` is sent unless the client
// asks for storage. Then the project's setting applies, because not every API surface accepts the field.
// https://ai.google.dev/gemini-api/docs/logs-datasets
void encode_store(RequestDraft& draft, json::ObjectWriter& body) {
  if (draft.request.parameter("store").text == "true") return draft.drops.add("store");
  if (!is_left_out(draft.options, "store")) body.add("store", json::Raw{"false"});
}

// Some models refuse tools and a JSON format together: "Function calling with a response mime type: 'application/json'
// is unsupported". If tool_choice is none, the tools are left out; otherwise the format.
void choose_between_tools_and_json(RequestDraft& draft) {
  const chat::Request& request = draft.request;
  const chat::ResponseFormatKind format = request.response_format.kind;
  const bool wants_json =
      format == chat::ResponseFormatKind::kJsonObject || format == chat::ResponseFormatKind::kJsonSchema;
  const bool has_functions = !request.tools.empty() || !request.functions.empty();
  const bool searches = !request.parameter("web_search_options").empty();
  if (draft.rules.takes_json_beside_tools || !wants_json || !(has_functions || searches)) return;
  draft.leaves_out_tools = request.tool_choice.kind == chat::ToolChoiceKind::kNone && !searches;
  draft.leaves_out_format = !draft.leaves_out_tools;
  if (draft.leaves_out_format) draft.drops.add("response_format");
}

Result<EncodedRequest> encode_taken(const chat::Request& request, const EncodeOptions& options) {
  RequestDraft draft{.request = request, .options = options};
  choose_between_tools_and_json(draft);
  {
    json::ObjectWriter body(draft.body.text());
    encode_contents(draft, body);
    encode_tools(draft, body);
    encode_generation_config(draft, body);
    encode_safety_settings(draft, body);
    encode_cached_content(draft, body);
    encode_service_tier(draft, body);
    encode_store(draft, body);
  }
  note_dropped(draft);
  if (draft.error) return std::move(*draft.error);
  std::optional<Error> refusal = options.strict ? draft.drops.refusal() : std::nullopt;
  if (refusal) return std::move(*refusal);
  EncodedRequest out;
  draft.body.replace_lone_surrogates();
  out.body = draft.body.finish();
  out.dropped = draft.drops.take();
  out.reply.model = options.model;
  out.reply.renamed_tools = draft.names.changed();
  return out;
}

}  // namespace

Result<EncodedRequest> encode_request(const chat::Request& request, const EncodeOptions& options) {
  const auto encode = [&options](const chat::Request& taken) { return encode_taken(taken, options); };
  return encode_foreign(request, options, {.signatures = true}, [&](const chat::Request& known) {
    return encode_without_repeated_tools(known, [&](const chat::Request& unique) {
      return encode_with_own_tools(unique, {.web_search = true, .code_interpreter = true, .web_fetch = true}, options,
                                   encode);
    });
  });
}

}  // namespace onellm::dialects::gemini
