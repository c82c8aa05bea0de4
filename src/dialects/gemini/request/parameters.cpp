#include "dialects/gemini/request/parameters.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "base/text.h"
#include "dialects/common/request/raw_values.h"
#include "dialects/common/request/reasoning_wish.h"
#include "dialects/gemini/request/schema/encoder.h"
#include "json/reader.h"

namespace onellm::dialects::gemini {

namespace {

using models::Effort;
using models::ThinkingForm;

// https://ai.google.dev/api/generate-content#generationconfig
constexpr uint32_t kCandidatesMax = 8;
constexpr size_t kStopSequencesMax = 5;

struct SameValue {
  std::string_view parameter;
  std::string_view member;
};
constexpr SameValue kSameValues[] = {
    {"temperature", "temperature"},
    {"top_p", "topP"},
};
constexpr SameValue kPenalties[] = {
    {"presence_penalty", "presencePenalty"},
    {"frequency_penalty", "frequencyPenalty"},
};

// The thinking level and the thinking budget in tokens of each effort, in the order of the enum. A model uses one of
// them.
struct EffortRow {
  std::string_view level;
  int32_t budget;
};
constexpr EffortRow kEfforts[] = {{"MINIMAL", 0},  {"MINIMAL", 512}, {"LOW", 1024},  {"MEDIUM", 8192},
                                  {"HIGH", 24576}, {"HIGH", 32768},  {"HIGH", 32768}};

const EffortRow& row_of(Effort effort) { return kEfforts[static_cast<size_t>(effort)]; }

class ConfigEncoder {
 public:
  explicit ConfigEncoder(RequestDraft& draft) : draft_(draft), request_(draft.request) {}

  void encode(json::ObjectWriter& body) {
    for (const SameValue& row : kSameValues) add(row.member, request_.parameter(row.parameter));
    add_penalties();
    add_limit();
    add_candidates();
    add_stop(request_.parameter("stop"));
    add_seed(request_.parameter("seed"));
    add_logprobs();
    add_format();
    add_thinking();
    add_top_k();
    add_modalities(request_.parameter("modalities"));
    if (!members_.empty()) body.begin("generationConfig").append(1, '{').append(members_).append(1, '}');
  }

 private:
  void add(std::string_view member, json::Raw value) {
    if (!value.empty()) json::append_member(members_, {member}, value);
  }

  void add_penalties() {
    for (const SameValue& row : kPenalties) {
      const json::Raw value = request_.parameter(row.parameter);
      if (draft_.rules.takes_penalties) {
        add(row.member, value);
      } else if (!value.empty() && !asks_for_nothing({row.parameter, value})) {
        draft_.drops.add(row.parameter);
      }
    }
  }

  void add_limit() {
    const bool is_newer = !request_.parameter("max_completion_tokens").empty();
    const std::string_view name = is_newer ? "max_completion_tokens" : "max_tokens";
    const json::Raw asked = request_.parameter(name);
    const int64_t most = draft_.rules.output_tokens_max;
    const int64_t ours = draft_.options.output_limit;
    if (asked.empty() && ours > 0) return add("maxOutputTokens", {std::to_string(ours)});
    if (asked.empty() || most == 0 || integer_of(asked) <= most) return add("maxOutputTokens", asked);
    draft_.drops.add(name);
    add("maxOutputTokens", {std::to_string(most)});
  }

  void add_candidates() {
    if (request_.n == 1) return;
    if (request_.stream) return refuse("n", "must be 1 where Gemini streams");
    const uint32_t most = std::min(kCandidatesMax, draft_.rules.choices_max);
    if (request_.n > most) return refuse("n", "must be at most " + std::to_string(most) + " for this model of Gemini");
    add("candidateCount", {std::to_string(request_.n)});
  }

  void add_stop(json::Raw stop) {
    if (stop.text.starts_with('[')) {
      const std::string first = first_elements(stop, kStopSequencesMax);
      if (!first.empty()) draft_.drops.add("stop");
      return add("stopSequences", first.empty() ? stop : json::Raw{first});
    }
    if (stop.empty()) return;
    add("stopSequences", {"[" + std::string(stop.text) + "]"});
  }

  void add_seed(json::Raw seed) {
    int32_t value = 0;
    const char* const end = seed.text.data() + seed.text.size();
    const std::from_chars_result read = std::from_chars(seed.text.data(), end, value);
    if (read.ec == std::errc() && read.ptr == end) return add("seed", seed);
    if (!seed.empty()) draft_.drops.add("seed");
  }

  void add_logprobs() {
    const json::Raw top = request_.parameter("top_logprobs");
    if (request_.parameter("logprobs").text != "true") {
      if (!top.empty() && top.text != "0") draft_.drops.add("top_logprobs");
      return;
    }
    add("responseLogprobs", {"true"});
    add("logprobs", top);
  }

  void add_format() {
    const chat::ResponseFormat& format = request_.response_format;
    if (draft_.leaves_out_format) return;
    const bool has_schema = format.kind == chat::ResponseFormatKind::kJsonSchema;
    if (!has_schema && format.kind != chat::ResponseFormatKind::kJsonObject) return;
    add("responseMimeType", {R"("application/json")"});
    std::string schema;
    if (!has_schema || !encode_schema(draft_, format.schema, "response_format.json_schema.schema", schema)) return;
    add(draft_.rules.takes_schemas ? "responseJsonSchema" : "responseSchema", {schema});
  }

  // https://ai.google.dev/gemini-api/docs/thinking
  void add_thinking() {
    const ReasoningWish wish = read_wish_on_one_scale(request_);
    if (!wish.overruled.empty()) draft_.drops.add(wish.overruled);
    const bool is_off = wish.thinking == ThinkingWish::kOff;
    if (!is_off && !wish.wants_thinking()) return;
    if (!wish.effort.empty() && !models::find_effort({wish.effort})) return refuse_effort(wish);
    if (wish.thinking == ThinkingWish::kOther || wish.thinking == ThinkingWish::kBetweenTools) {
      draft_.drops.add(wish.thinking_said_by);
      if (wish.effort.empty()) return;
    }
    std::string config;
    switch (draft_.rules.thinking) {
      case ThinkingForm::kNone:
        if (!is_off) draft_.drops.add(wish.said_by());
        return;
      case ThinkingForm::kBudget: add_budget(wish, config); break;
      case ThinkingForm::kAdaptive:
      case ThinkingForm::kLevel: add_level(wish, config); break;
    }
    if (!is_off && !wish.is_hidden) config.append(config.empty() ? "" : ",").append(R"("includeThoughts":true)");
    if (!config.empty()) add("thinkingConfig", {"{" + config + "}"});
  }

  void refuse_effort(const ReasoningWish& wish) {
    draft_.refuse(std::string(wish.effort_said_by), "must be one of none, minimal, low, medium, high, xhigh, max");
  }

  void add_budget(const ReasoningWish& wish, std::string& config) {
    const models::Contract& rules = draft_.rules;
    int64_t tokens = rules.budget_least;
    if (wish.thinking == ThinkingWish::kOff) {
      if (rules.thinking_off == models::ThinkingOff::kZeroBudget) tokens = 0;
      if (tokens != 0) draft_.drops.add(wish.thinking_said_by);
    } else if (wish.thinking == ThinkingWish::kBudget) {
      if (!wish.effort.empty()) draft_.drops.add(wish.effort_said_by);
      tokens = std::clamp<int64_t>(wish.budget_tokens, rules.budget_least, rules.budget_most);
    } else {
      const std::optional<Effort> asked = effort_of(wish);
      if (!asked) return;  // The model decides.
      tokens = std::clamp(row_of(*asked).budget, rules.budget_least, rules.budget_most);
    }
    config += R"("thinkingBudget":)";
    json::append_integer(config, tokens);
  }

  void add_level(const ReasoningWish& wish, std::string& config) {
    const models::Contract& rules = draft_.rules;
    const std::optional<Effort> asked = effort_of(wish);
    if (!asked || (rules.efforts.empty() && rules.thinking_off != models::ThinkingOff::kMinimal)) return;
    const bool is_little = *asked == Effort::kNone || *asked == Effort::kMinimal;
    const bool is_switched_off = is_little && rules.thinking_off == models::ThinkingOff::kMinimal;
    const Effort level = is_switched_off ? Effort::kMinimal : models::nearest_effort(rules.efforts, *asked);
    if (*asked == Effort::kNone && level != Effort::kMinimal) draft_.drops.add(wish.thinking_said_by);
    config.append(R"("thinkingLevel":")").append(row_of(level).level).append(1, '"');
  }

  // Gemini's own parameter; OpenAI's format does not have it.
  void add_top_k() {
    const json::Raw value = unknown_parameter(request_, "top_k");
    if (value.text.find_first_not_of("0123456789") != std::string_view::npos) {
      return draft_.refuse("top_k", "must be a whole number");
    }
    add("topK", value);
  }

  // `modalities` may have "image" beside "text", as OpenRouter documents it for models that make images.
  // https://openrouter.ai/docs/features/multimodal/image-generation
  // https://ai.google.dev/api/generate-content#Modality
  void add_modalities(json::Raw modalities) {
    if (modalities.empty()) return;
    bool is_known = true;
    bool has_image = false;
    std::string words;
    const auto take = [&](size_t, json::Value& element) {
      json::RawString modality;
      const bool is_word = element.read(modality);
      const bool is_image = is_word && json::key_is(modality, "image");
      is_known = is_known && (is_image || (is_word && json::key_is(modality, "text")));
      has_image = has_image || is_image;
      words.append(words.empty() ? "" : ",").append(is_image ? R"("IMAGE")" : R"("TEXT")");
    };
    read_raw(modalities, [&take](json::Value& list) { list.each_element(take); });
    if (!is_known) return refuse("modalities", "may only hold text and image for Gemini");
    if (has_image) json::append_member(members_, {"responseModalities"}, {"[" + words + "]"});
  }

  void refuse(const char* parameter, const std::string& complaint) {
    draft_.refuse(parameter, complaint, ErrorKind::kUnsupportedParameter);
  }

  RequestDraft& draft_;
  const chat::Request& request_;
  std::string members_;
};

}  // namespace

void encode_generation_config(RequestDraft& draft, json::ObjectWriter& body) { ConfigEncoder(draft).encode(body); }

}  // namespace onellm::dialects::gemini
