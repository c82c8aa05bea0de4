#include "dialects/gemini/usage.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>

#include "base/limits.h"
#include "dialects/common/reply/named_keys.h"

namespace onellm::dialects::gemini {

namespace {

using Count = int64_t TokenCounts::*;

constexpr NamedKey<Count> kCounts[] = {
    {"promptTokenCount", &TokenCounts::prompt},        {"candidatesTokenCount", &TokenCounts::candidates},
    {"totalTokenCount", &TokenCounts::total},          {"thoughtsTokenCount", &TokenCounts::thoughts},
    {"cachedContentTokenCount", &TokenCounts::cached}, {"toolUsePromptTokenCount", &TokenCounts::tool_prompt}};

// For a list of counts by modality: the members that get the counts of audio and images.
struct Modalities {
  Count audio = nullptr;
  Count images = nullptr;
  bool operator==(const Modalities&) const = default;
};
constexpr NamedKey<Modalities> kModalities[] = {
    {"promptTokensDetails", {.audio = &TokenCounts::prompt_audio}},
    {"candidatesTokensDetails", {.audio = &TokenCounts::candidates_audio, .images = &TokenCounts::candidates_images}},
    {"cacheTokensDetails", {.audio = &TokenCounts::cached_audio}},
    {"toolUsePromptTokensDetails", {.audio = &TokenCounts::prompt_audio}}};

// The tier's key in the Developer API and in Google Cloud.
constexpr std::string_view kTierKeys[] = {"serviceTier", "trafficType"};

bool is_tier(json::RawString key) {
  return std::any_of(std::begin(kTierKeys), std::end(kTierKeys),
                     [key](std::string_view name) { return json::key_is(key, name); });
}

std::optional<int64_t> read_count(json::Value& value) {
  int64_t number = 0;
  if (!value.read(number) || number < 0) return std::nullopt;
  return std::min(number, kTokensMax);
}

// A modality that the list does not name counts as 0.
void read_modalities(json::Value& list, Modalities wanted, TokenCounts& counts) {
  const bool is_list = list.each_element([&](size_t /*index*/, json::Value& element) {
    json::RawString modality;
    int64_t tokens = 0;
    element.each_member([&](json::RawString key, json::Value& member) {
      if (json::key_is(key, "modality")) {
        if (!member.read(modality)) modality = {};
      } else if (json::key_is(key, "tokenCount")) {
        tokens = read_count(member).value_or(0);
      }
    });
    const bool is_audio = json::key_is(modality, "AUDIO");
    const Count count = is_audio ? wanted.audio : json::key_is(modality, "IMAGE") ? wanted.images : nullptr;
    if (count != nullptr) counts.*count = std::max<int64_t>(counts.*count, 0) + tokens;
  });
  if (!is_list) return;
  for (const Count count : {wanted.audio, wanted.images}) {
    if (count != nullptr) counts.*count = std::max<int64_t>(counts.*count, 0);
  }
}

}  // namespace

void TokenCounts::update(const TokenCounts& later) {
  for (const Count count :
       {&TokenCounts::prompt, &TokenCounts::tool_prompt, &TokenCounts::cached, &TokenCounts::candidates,
        &TokenCounts::thoughts, &TokenCounts::total, &TokenCounts::prompt_audio, &TokenCounts::cached_audio,
        &TokenCounts::candidates_audio, &TokenCounts::candidates_images}) {
    if (later.*count != kNotSaid) this->*count = later.*count;
  }
  has_other_prices |= later.has_other_prices;
}

void read_counts(json::Value& value, TokenCounts& counts) {
  value.each_member([&counts](json::RawString key, json::Value& member) {
    if (const Count count = find_key<Count>(kCounts, key, nullptr); count != nullptr) {
      counts.*count = read_count(member).value_or(counts.*count);
    } else if (const Modalities wanted = find_key(kModalities, key, Modalities{}); wanted.audio != nullptr) {
      read_modalities(member, wanted, counts);
    } else if (json::RawString tier; is_tier(key) && member.read(tier)) {
      counts.has_other_prices |= !chat::is_standard_tier(tier.text);
    }
  });
}

chat::Usage to_chat_usage(const TokenCounts& counts) {
  const auto or_0 = [](int64_t count) { return std::max<int64_t>(count, 0); };
  const auto if_any = [](int64_t count) { return count > 0 ? std::optional(count) : std::nullopt; };
  const auto if_said = [](int64_t count) {
    return count != TokenCounts::kNotSaid ? std::optional(count) : std::nullopt;
  };
  chat::Usage usage;
  usage.prompt_tokens = or_0(counts.prompt) + or_0(counts.tool_prompt);
  usage.completion_tokens = or_0(counts.candidates) + or_0(counts.thoughts);
  usage.total_tokens = if_said(counts.total).value_or(usage.prompt_tokens + usage.completion_tokens);
  usage.cached_tokens = if_said(counts.cached);
  usage.reasoning_tokens = if_said(counts.thoughts);
  usage.audio_prompt_tokens = if_any(counts.prompt_audio);
  usage.cached_audio_tokens = if_said(counts.cached_audio);
  usage.audio_completion_tokens = if_any(counts.candidates_audio);
  usage.image_completion_tokens = if_any(counts.candidates_images);
  usage.has_other_prices = counts.has_other_prices;
  return usage;
}

}  // namespace onellm::dialects::gemini
