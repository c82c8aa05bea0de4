#include "dialects/openai_chat/usage_counts.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <string_view>

#include "base/limits.h"
#include "chat/usage.h"
#include "dialects/common/reply/named_keys.h"
#include "prices/money.h"

namespace onellm::dialects::openai_chat {

namespace {

using Count = std::optional<int64_t>;
using Counts = UsageCounts;
using Member = Count Counts::*;

constexpr NamedKey<Member> kTopCounts[] = {
    {"prompt_tokens", &Counts::prompt},
    {"completion_tokens", &Counts::completion},
    {"total_tokens", &Counts::total},
    // https://api-docs.deepseek.com/guides/kv_cache, https://platform.moonshot.ai/docs/api/chat
    {"prompt_cache_hit_tokens", &Counts::cached_by_other_name},
    {"cached_tokens", &Counts::cached_by_other_name},
    // Anthropic's, as other gateways pass them on. https://docs.litellm.ai/docs/completion/prompt_caching
    {"cache_read_input_tokens", &Counts::cached_by_other_name},
    {"cache_creation_input_tokens", &Counts::cache_write_by_other_name},
    {"reasoning_tokens", &Counts::reasoning_at_top},
};

constexpr NamedKey<Member> kPromptCounts[] = {
    {"cached_tokens", &Counts::cached},
    {"cache_write_tokens", &Counts::cache_write},
    {"audio_tokens", &Counts::audio_prompt},
    // https://docs.litellm.ai/docs/completion/prompt_caching
    {"cache_creation_tokens", &Counts::cache_write_by_other_name},
    // https://www.alibabacloud.com/help/en/model-studio/context-cache
    {"cache_creation_input_tokens", &Counts::cache_write_by_other_name},
};

constexpr NamedKey<Member> kCompletionCounts[] = {
    {"reasoning_tokens", &Counts::reasoning},
    {"audio_tokens", &Counts::audio_completion},
};

// Objects with cache writes by lifetime.
constexpr std::string_view kCacheLifeKeys[] = {"cache_creation_token_details", "cache_creation"};

// How the request was served. OpenAI's and Anthropic's keys, which gateways leave in the usage.
constexpr std::string_view kModeKeys[] = {"service_tier", "speed", "inference_geo"};

template <size_t kCount>
bool is_one_of(const std::string_view (&names)[kCount], json::RawString key) {
  return std::any_of(std::begin(names), std::end(names), [key](auto name) { return json::key_is(key, name); });
}

// Reads a count. Some hosts write it as 10.0.
Count read_count(json::Value& value) {
  int64_t count = 0;
  if (value.read(count)) return std::clamp<int64_t>(count, 0, kTokensMax);
  double number = 0;
  if (!value.read(number) || number != std::floor(number)) return std::nullopt;
  return static_cast<int64_t>(std::clamp(number, 0.0, static_cast<double>(kTokensMax)));
}

// Reads OpenRouter's number, or Perplexity's object with `total_cost`.
// https://openrouter.ai/docs/use-cases/usage-accounting
Count read_cost(json::Value& value) {
  Count cost;
  const json::Type type = value.type();
  if (type == json::Type::kNumber) return prices::read_usd(value.raw().text);
  value.each_member([&cost](json::RawString key, json::Value& member) {
    const bool is_total = json::key_is(key, "total_cost") && member.type() == json::Type::kNumber;
    if (is_total) cost = prices::read_usd(member.raw().text);
  });
  return cost;
}

// x.ai reports ticks; one dollar is 10^10 ticks. https://docs.x.ai/docs/key-information/consumption-and-rate-limits
Count read_ticks(json::Value& value) {
  constexpr int64_t kPicoUsdOfTick = 100;
  int64_t ticks = 0;
  if (!value.read(ticks) || ticks < 0 || ticks > std::numeric_limits<int64_t>::max() / kPicoUsdOfTick) return {};
  return ticks * kPicoUsdOfTick;
}

// Reads one known count. A later name for the same count replaces an earlier one only if its value is valid.
template <size_t kCount>
bool read_known_count(const NamedKey<Member> (&names)[kCount], json::RawString key, json::Value& value,
                      Counts& counts) {
  const Member member = find_key<Member>(names, key, nullptr);
  if (member == nullptr) return false;
  if (const Count count = read_count(value)) counts.*member = count;
  return true;
}

void read_cache_life(json::Value& value, Counts& counts) {
  value.each_member([&](json::RawString key, json::Value& member) {
    if (json::key_is(key, "ephemeral_1h_input_tokens")) counts.cache_write_1h = read_count(member);
  });
}

void read_prompt_details(json::Value& value, Counts& counts) {
  value.each_member([&](json::RawString key, json::Value& member) {
    if (read_known_count(kPromptCounts, key, member, counts)) return;
    if (is_one_of(kCacheLifeKeys, key)) read_cache_life(member, counts);
  });
}

void read_completion_details(json::Value& value, Counts& counts) {
  value.each_member([&](json::RawString key, json::Value& member) {
    (void)read_known_count(kCompletionCounts, key, member, counts);
  });
}

// https://openrouter.ai/docs/use-cases/usage-accounting
void read_cost_details(json::Value& value, Counts& counts) {
  value.each_member([&](json::RawString key, json::Value& member) {
    const bool is_upstream = json::key_is(key, "upstream_inference_cost") && member.type() == json::Type::kNumber;
    if (is_upstream) counts.upstream_cost_pico_usd = prices::read_usd(member.raw().text);
  });
}

void read_other_member(json::RawString key, json::Value& value, Counts& counts) {
  json::RawString mode;
  if (json::key_is(key, "prompt_tokens_details")) {
    read_prompt_details(value, counts);
  } else if (json::key_is(key, "completion_tokens_details")) {
    read_completion_details(value, counts);
  } else if (json::key_is(key, "cost")) {
    counts.cost_pico_usd = read_cost(value);
  } else if (json::key_is(key, "cost_in_usd_ticks")) {
    counts.cost_pico_usd = read_ticks(value);
  } else if (json::key_is(key, "cost_details")) {
    read_cost_details(value, counts);
  } else if (json::key_is(key, "is_byok")) {
    counts.is_byok = value.raw().text == "true";
  } else if (is_one_of(kCacheLifeKeys, key)) {
    read_cache_life(value, counts);
  } else if (is_one_of(kModeKeys, key) && value.read(mode)) {
    counts.has_other_prices |= !chat::is_standard_tier(mode.text) && mode.text != "global";
  }
}

}  // namespace

UsageCounts read_usage_counts(json::Value usage) {
  Counts counts;
  usage.each_member([&](json::RawString key, json::Value& value) {
    if (!read_known_count(kTopCounts, key, value, counts)) read_other_member(key, value, counts);
  });
  return counts;
}

}  // namespace onellm::dialects::openai_chat
