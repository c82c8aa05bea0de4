#include "dialects/openai_responses/request/parameters.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

#include "dialects/common/request/left_out.h"
#include "dialects/common/request/raw_values.h"
#include "dialects/common/request/reasoning_wish.h"
#include "dialects/common/splice/spliced_writer.h"
#include "dialects/openai_chat/request/parameter_kind.h"
#include "dialects/openai_chat/request/parameter_rules.h"
#include "dialects/openai_responses/request/own_reasoning.h"
#include "dialects/openai_responses/request/tools.h"

namespace onellm::dialects::openai_responses {

namespace {

using chat::Parameter;
using chat::ResponseFormatKind;

constexpr std::string_view kSameName[] = {"metadata",
                                          "parallel_tool_calls",
                                          "prompt_cache_key",
                                          "prompt_cache_options",
                                          "prompt_cache_retention",
                                          "safety_identifier",
                                          "service_tier",
                                          "temperature",
                                          "top_p",
                                          "user"};

// Parameters that are written elsewhere in the request, or were checked already.
constexpr std::string_view kElsewhere[] = {
    "audio",     "logprobs",     "max_completion_tokens", "max_tokens", "modalities", "store", "reasoning_effort",
    "verbosity", "top_logprobs", "web_search_options"};

// Keys that only Responses has. They do not affect the translation and are passed on.
constexpr std::string_view kOwnKeys[] = {"max_tool_calls", "truncation"};

constexpr int64_t kOutputTokensMin = 16;

template <size_t count>
bool is_one_of(const std::string_view (&names)[count], std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

class ParameterWriter {
 public:
  ParameterWriter(RequestDraft& draft, json::ObjectWriter& body)
      : draft_(draft), rules_(draft.request, draft.options), body_(body) {}

  void write() {
    write_text();
    write_reasoning();
    write_limit();
    write_logprobs();
    // By default Chat Completions does not store the answer, but Responses does.
    const json::Raw store = value_of("store");
    if (!is_left_out(draft_.options, "store")) body_.add("store", store.empty() ? json::Raw{"false"} : store);
    for (const Parameter& parameter : draft_.request.parameters) {
      if (is_one_of(kSameName, parameter.name)) {
        write_as_taken(parameter);
      } else if (!is_one_of(kElsewhere, parameter.name) && !asks_for_nothing(parameter)) {
        draft_.drops.add(parameter.name);
      }
    }
    for (const Parameter& parameter : draft_.request.unknown) write_unknown(parameter);
  }

 private:
  json::Raw value_of(std::string_view name) const { return draft_.request.parameter(name); }

  // The value in the form that the model accepts. Empty if it does not; the parameter is then reported as dropped.
  std::string as_taken(std::string_view name, json::Raw value) {
    MemberEdit edit =
        rules_.edit_of({.key = name, .member = {}, .value = value.text}, openai_chat::parameter_row({name}));
    if (!edit.dropped.empty()) draft_.drops.add(edit.dropped);
    if (edit.cut) return {};
    return edit.value.empty() ? std::string(value.text) : std::move(edit.value);
  }

  void write_as_taken(const Parameter& parameter) {
    if (parameter.name == "parallel_tool_calls" && loses_all_tools(draft_.request)) return;
    const std::string taken = as_taken(parameter.name, parameter.value);
    if (!taken.empty()) body_.add(parameter.name, json::Raw{taken});
  }

  void write_text() {
    const chat::ResponseFormat& format = draft_.request.response_format;
    const json::Raw verbosity = value_of("verbosity");
    if (format.kind == ResponseFormatKind::kUnset && verbosity.empty()) return;
    json::ObjectWriter text(body_.begin("text"));
    if (!verbosity.empty()) text.add("verbosity", verbosity);
    if (format.kind != ResponseFormatKind::kUnset) write_format(format, text);
  }

  void write_format(const chat::ResponseFormat& format, json::ObjectWriter& text) {
    json::ObjectWriter object(text.begin("format"));
    if (format.kind == ResponseFormatKind::kText) return object.add("type", json::RawString{"text"});
    if (format.kind == ResponseFormatKind::kJsonObject) return object.add("type", json::RawString{"json_object"});
    object.add("type", json::RawString{"json_schema"});
    object.add("name", format.name);
    object.add("strict", format.strict.value_or(false));
    if (!format.description.empty()) add_viewed(draft_.body, object, "description", format.description);
    const json::Raw any_object{R"({"type":"object"})"};
    add_viewed(draft_.body, object, "schema", format.schema.empty() ? any_object : format.schema);
  }

  // Writes the effort, and the members of the client's `reasoning` that this API has. Asks for a summary only if the
  // client does, by `reasoning.summary` or OpenRouter's `include_reasoning`: OpenAI refuses the whole request with a
  // summary from organisations that it has not verified.
  void write_reasoning() {
    const OwnReasoning own = read_own_reasoning(draft_);
    const ReasoningWish wish = read_wish_on_one_scale(draft_.request);
    const std::string effort = effort_taken(wish);
    std::string members;
    if (!effort.empty()) json::append_member(members, {"effort"}, {'"' + effort + '"'});
    std::string summary = own.summary;
    if (wish.is_shown && summary.empty()) json::append_member(summary, {"summary"}, {R"("auto")"});
    const bool is_off = effort == "none" || wish.is_hidden;
    if (!summary.empty() && !is_off) members.append(members.empty() ? "" : ",").append(summary);
    if (!members.empty()) json::ObjectWriter(body_.begin("reasoning")).add(json::RawMembers{members});
    if (wish.thinking == ThinkingWish::kOther) draft_.drops.add("thinking");
    if (!wish.overruled.empty()) draft_.drops.add(wish.overruled);
    const bool has_both = wish.thinking == ThinkingWish::kBudget && !wish.effort.empty();
    if (has_both) draft_.drops.add(wish.thinking_said_by);
  }

  // The model's effort that is nearest to the client's wish; empty: send none. An unknown word is sent unchanged.
  std::string effort_taken(const ReasoningWish& wish) {
    const models::Contract& contract = draft_.options.contract;
    if (rules_.is_dropped_by_settings({"reasoning_effort"})) {
      if (!wish.said_by().empty()) draft_.drops.add("reasoning_effort");
      return {};
    }
    const std::optional<models::Effort> asked = effort_of(wish);
    if (!asked || contract.reasoning == models::Reasoning::kUnknown) {
      return asked ? std::string(models::effort_word(*asked)) : wish.effort;
    }
    if (contract.responses_efforts.empty()) {
      if (*asked != models::Effort::kNone) draft_.drops.add(wish.said_by());
      return {};
    }
    const models::Effort nearest = models::nearest_effort(contract.responses_efforts, *asked);
    if (*asked == models::Effort::kNone && nearest != *asked) draft_.drops.add(wish.said_by());
    return std::string(models::effort_word(nearest));
  }

  void write_limit() {
    const bool is_newer = !value_of("max_completion_tokens").empty();
    const std::string_view name = is_newer ? "max_completion_tokens" : "max_tokens";
    const json::Raw limit = value_of(name);
    if (limit.empty()) return;
    const int64_t most = draft_.options.contract.output_tokens_max;
    const int64_t asked = integer_of(limit);
    if (most > 0 && asked > most) draft_.drops.add(name);
    const int64_t taken = most > 0 ? std::min(most, asked) : asked;
    body_.add("max_output_tokens", std::max(kOutputTokensMin, taken));
  }

  void write_logprobs() {
    const json::Raw asked = value_of("logprobs");
    const bool has_logprobs = asked.text == "true" && !as_taken("logprobs", asked).empty();
    const json::Raw alternatives = value_of("top_logprobs");
    if (has_logprobs && !alternatives.empty()) body_.add("top_logprobs", alternatives);
    // Models that do not reason may refuse reasoning.encrypted_content.
    const bool wants_reasoning = !is_left_out(draft_.options, "include");
    if (!wants_reasoning && !has_logprobs) return;
    json::ArrayWriter include(body_.begin("include"));
    if (wants_reasoning) json::quote_to(include.next(), "reasoning.encrypted_content");
    if (has_logprobs) json::quote_to(include.next(), "message.output_text.logprobs");
  }

  void write_unknown(const Parameter& parameter) {
    if (is_one_of(kOwnKeys, parameter.name)) return body_.add(parameter.name, parameter.value);
    if (is_reasoning_parameter(parameter.name)) return;  // write_reasoning() writes it.
    draft_.drops.add(parameter.name);
  }

  RequestDraft& draft_;
  const openai_chat::ParameterRules rules_;
  json::ObjectWriter& body_;
};

}  // namespace

void check_parameters(RequestDraft& draft) {
  if (draft.request.n > 1) draft.refuse("n", "must be 1 for this model");
  if (!draft.request.parameter("audio").empty()) draft.refuse("audio", "is not supported by this model");
  const json::Raw modalities = draft.request.parameter("modalities");
  if (modalities.empty()) return;
  read_raw(modalities, [&draft](json::Value& value) {
    value.each_element([&draft](size_t /*index*/, json::Value& element) {
      json::RawString modality;
      if (element.read(modality) && json::key_is(modality, "text")) return;
      draft.refuse("modalities", "can only be text for this model");
    });
  });
}

void write_parameters(RequestDraft& draft, json::ObjectWriter& body) { ParameterWriter(draft, body).write(); }

}  // namespace onellm::dialects::openai_responses
