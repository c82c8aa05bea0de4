#include "dialects/gemini/request_config.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>
#include <string>

#include "base/text.h"
#include "dialects/gemini/schema_encoder.h"
#include "dialects/raw_values.h"
#include "json/reader.h"

namespace onellm::dialects {

namespace {

using models::ThinkingForm;

constexpr uint32_t kCandidatesMax = 8;

struct SameValue {
  std::string_view parameter;
  std::string_view member;
};
constexpr SameValue kSameValues[] = {
    {"temperature", "temperature"},
    {"top_p", "topP"},
    {"presence_penalty", "presencePenalty"},
    {"frequency_penalty", "frequencyPenalty"},
};

// What a reasoning_effort is where thinking has levels, and where it has a budget of tokens.
struct Effort {
  std::string_view name;
  std::string_view level;
  int32_t budget;
};
constexpr Effort kEfforts[] = {
    {"none", "MINIMAL", 0},  {"minimal", "MINIMAL", 512}, {"low", "LOW", 1024},   {"medium", "MEDIUM", 8192},
    {"high", "HIGH", 24576}, {"xhigh", "HIGH", 32768},    {"max", "HIGH", 32768},
};

class ConfigEncoder {
 public:
  explicit ConfigEncoder(GeminiDraft& draft) : draft_(draft), request_(draft.request) {}

  void encode(json::ObjectWriter& body) {
    for (const SameValue& row : kSameValues) add(row.member, request_.parameter(row.parameter));
    const json::Raw tokens = request_.parameter("max_completion_tokens");
    add("maxOutputTokens", tokens.empty() ? request_.parameter("max_tokens") : tokens);
    add_candidates();
    add_stop(request_.parameter("stop"));
    add_seed(request_.parameter("seed"));
    add_logprobs();
    add_format();
    add_thinking(request_.parameter("reasoning_effort"));
    add_top_k();
    check_modalities(request_.parameter("modalities"));
    if (!members_.empty()) body.begin("generationConfig").append(1, '{').append(members_).append(1, '}');
  }

 private:
  void add(std::string_view member, json::Raw value) {
    if (!value.empty()) json::append_member(members_, {member}, value);
  }

  void add_candidates() {
    if (request_.n == 1) return;
    if (request_.stream) return refuse("n", "must be 1 where Gemini streams");
    if (request_.n > kCandidatesMax) return refuse("n", "must be at most 8 for Gemini");
    add("candidateCount", {std::to_string(request_.n)});
  }

  void add_stop(json::Raw stop) {
    if (!stop.text.starts_with('"')) return add("stopSequences", stop);
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
    const bool has_schema = format.kind == chat::ResponseFormatKind::kJsonSchema;
    if (!has_schema && format.kind != chat::ResponseFormatKind::kJsonObject) return;
    add("responseMimeType", {R"("application/json")"});
    std::string schema;
    if (!has_schema || !encode_schema(draft_, format.schema, "response_format.json_schema.schema", schema)) return;
    add(draft_.rules.takes_schemas ? "responseJsonSchema" : "responseSchema", {schema});
  }

  // https://ai.google.dev/gemini-api/docs/thinking
  void add_thinking(json::Raw value) {
    if (value.empty()) return;
    const std::string name = json::unescape(text_of(value));
    const Effort* const effort =
        std::find_if(std::begin(kEfforts), std::end(kEfforts), [&](const Effort& row) { return row.name == name; });
    if (effort == std::end(kEfforts)) {
      return draft_.refuse("reasoning_effort", "must be one of none, minimal, low, medium, high, xhigh, max");
    }
    const models::Contract& rules = draft_.rules;
    const bool is_none = name == "none";
    std::string config = "{";
    switch (rules.thinking) {
      case ThinkingForm::kNone:
        if (!is_none) draft_.drops.add("reasoning_effort");
        return;
      case ThinkingForm::kBudget:
        config += R"("thinkingBudget":)";
        json::append_integer(config, is_none && rules.thinking_off == models::ThinkingOff::kZeroBudget
                                         ? 0
                                         : std::clamp(effort->budget, rules.budget_least, rules.budget_most));
        break;
      case ThinkingForm::kAdaptive:
      case ThinkingForm::kLevel: {
        const bool is_too_low = effort->level == "MINIMAL" && !rules.efforts.has(models::Effort::kMinimal);
        config.append(R"("thinkingLevel":")").append(is_too_low ? "LOW" : effort->level).append(1, '"');
        break;
      }
    }
    config += is_none ? "}" : R"(,"includeThoughts":true})";
    add("thinkingConfig", {config});
  }

  // Gemini's own, which OpenAI's format has no word for.
  void add_top_k() {
    const json::Raw value = unknown_parameter(request_, "top_k");
    if (value.text.find_first_not_of("0123456789") != std::string_view::npos) {
      return draft_.refuse("top_k", "must be a whole number");
    }
    add("topK", value);
  }

  void check_modalities(json::Raw modalities) {
    if (modalities.empty()) return;
    bool is_text = true;
    const auto take = [&is_text](size_t, json::Value& element) {
      json::RawString modality;
      is_text = is_text && element.read(modality) && json::key_is(modality, "text");
    };
    read_raw(modalities, [&take](json::Value& list) { list.each_element(take); });
    if (!is_text) refuse("modalities", "may only hold text for Gemini");
  }

  void refuse(const char* parameter, std::string_view complaint) {
    draft_.refuse(parameter, complaint, ErrorKind::kUnsupportedParameter);
  }

  GeminiDraft& draft_;
  const chat::Request& request_;
  std::string members_;
};

}  // namespace

void encode_generation_config(GeminiDraft& draft, json::ObjectWriter& body) { ConfigEncoder(draft).encode(body); }

}  // namespace onellm::dialects
