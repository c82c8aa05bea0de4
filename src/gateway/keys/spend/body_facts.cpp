#include "gateway/keys/spend/body_facts.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <string_view>

#include "base/limits.h"
#include "chat/usage.h"
#include "gateway/keys/spend/server_tools.h"
#include "json/reader.h"

namespace onellm::gateway {

namespace {

using json::RawString;
using json::Type;
using json::Value;
using prices::set_of;
using prices::Unit;

constexpr std::string_view kLimits[] = {"max_tokens",      "max_completion_tokens", "max_output_tokens",
                                        "maxOutputTokens", "max_tokens_to_sample",  "max_new_tokens"};
constexpr std::string_view kAnswers[] = {"n", "best_of", "candidateCount", "candidate_count"};
constexpr std::string_view kConfigs[] = {"generationConfig", "generation_config"};
constexpr std::string_view kTiers[] = {"service_tier", "serviceTier"};
constexpr std::string_view kModalities[] = {"modalities", "responseModalities"};
constexpr std::string_view kMimeTypes[] = {"mimeType", "mime_type", "media_type"};

bool is_any_of(RawString key, std::span<const std::string_view> names) {
  return std::any_of(names.begin(), names.end(), [key](std::string_view name) { return json::key_is(key, name); });
}

std::string text_of(Value& value) {
  RawString text;
  return value.read(text) ? json::unescape(text) : std::string();
}

class FactsReader {
 public:
  explicit FactsReader(std::span<const std::string_view> limits) : limits_(limits) {}

  BodyFacts read(const json::Buffer& body) {
    json::Reader reader;
    if (!reader.open(body)) return {};
    Value root = reader.root();
    root.each_member([this](RawString key, Value& value) { on_top_member(key, value); });
    static_cast<void>(reader.finish());
    return std::move(facts_);
  }

 private:
  void on_top_member(RawString key, Value& value) {
    if (value.is_null()) return;
    if (is_any_of(key, kConfigs)) {
      value.each_member([this](RawString inner, Value& member) {
        if (!member.is_null()) on_setting(inner, member);
      });
    } else if (json::key_is(key, "tools")) {
      value.each_element([this](size_t, Value& tool) { on_tool(tool); });
    } else {
      on_setting(key, value);
    }
  }

  void on_setting(RawString key, Value& value) {
    if (is_any_of(key, kLimits) || is_any_of(key, limits_)) return on_limit(key, value);
    if (is_any_of(key, kAnswers)) return on_answers(value);
    if (is_any_of(key, kModalities)) return on_modalities(value);
    if (is_any_of(key, kTiers)) return on_choice(value, "standard_only");
    if (json::key_is(key, "speed")) return on_choice(value, "standard");
    if (json::key_is(key, "inference_geo")) return on_choice(value, "global");
    if (json::key_is(key, "web_search_options")) facts_.tools.push_back({.unit = Unit::kWebSearch});
    if (json::key_is(key, "audio")) facts_.may_meet |= set_of(Unit::kOutputAudio);
    search(key, value);
  }

  void on_limit(RawString key, Value& value) {
    int64_t tokens = -1;
    const bool is_good = value.read(tokens) && tokens >= 0 && tokens <= kKeyOutputTokensAskedMax;
    if (!is_good) {
      facts_.wrong_limit = json::unescape(key);
      return;
    }
    if (tokens == 0) facts_.zero_limit = json::unescape(key);
    if (is_any_of(key, limits_)) facts_.output_tokens = std::max(facts_.output_tokens.value_or(0), tokens);
  }

  void on_answers(Value& value) {
    int64_t answers = 0;
    if (value.read(answers)) facts_.answers = std::max(facts_.answers, answers);
  }

  void on_modalities(Value& value) {
    value.each_element([this](size_t, Value& element) {
      const std::string word = text_of(element);
      if (word == "audio" || word == "AUDIO") facts_.may_meet |= set_of(Unit::kOutputAudio);
    });
  }

  void on_choice(Value& value, std::string_view standard) {
    const std::string word = text_of(value);
    facts_.has_other_prices |= word != standard && !chat::is_standard_tier(word);
  }

  void on_tool(Value& tool) {
    std::string type;
    Charge charge = Charge::kNothing;
    int64_t uses = kKeyToolUsesDefault;
    tool.each_member([&](RawString key, Value& value) {
      int64_t number = 0;
      if (json::key_is(key, "type")) {
        type = text_of(value);
      } else if (json::key_is(key, "max_uses")) {
        if (value.read(number)) uses = number;
      } else {
        charge = std::max(charge, charge_of_member(json::unescape(key)));
        search(key, value);
      }
    });
    if (!type.empty()) charge = charge_of_type(type);
    if (charge == Charge::kNothing) return;
    facts_.tools.push_back(
        {.unit = Unit::kWebSearch, .has_price = charge == Charge::kSearch, .uses_max = std::max<int64_t>(0, uses)});
  }

  // Looks for marks of caching, and for sound, at any depth.
  void search(RawString key, Value& value) {
    switch (value.type()) {
      case Type::kString:
        if (is_any_of(key, kMimeTypes)) return on_mime_type(text_of(value));
        if (json::key_is(key, "ttl") && text_of(value) == "1h") facts_.may_meet |= set_of(Unit::kCacheWrite1h);
        return;
      case Type::kArray: value.each_element([&](size_t, Value& element) { search(key, element); }); return;
      case Type::kObject:
        if (json::key_is(key, "cache_control")) facts_.may_meet |= set_of(Unit::kCacheWrite);
        if (json::key_is(key, "input_audio")) facts_.may_meet |= set_of(Unit::kInputAudio);
        value.each_member([this](RawString inner, Value& member) { search(inner, member); });
        return;
      case Type::kNull:
      case Type::kBoolean:
      case Type::kNumber:
      case Type::kNone: return;
    }
  }

  void on_mime_type(std::string_view type) {
    if (type.starts_with("audio/") || type.starts_with("video/")) facts_.may_meet |= set_of(Unit::kInputAudio);
  }

  const std::span<const std::string_view> limits_;
  BodyFacts facts_;
};

}  // namespace

BodyFacts read_body_facts(const json::Buffer& body, std::span<const std::string_view> limits) {
  return FactsReader(limits).read(body);
}

}  // namespace onellm::gateway
