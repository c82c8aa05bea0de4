#include "prices/bill.h"

#include <limits>

namespace onellm::prices {

namespace {

using Counts = std::array<int64_t, kUnitCount>;

Counts counts_of(const chat::Usage& usage) {
  Counts counts;
  const auto set = [&counts](Unit unit, int64_t count) { counts[static_cast<size_t>(unit)] = count; };
  set(Unit::kInput, usage.prompt_tokens);
  set(Unit::kOutput, usage.completion_tokens);
  set(Unit::kCacheRead, usage.cached_tokens.value_or(0));
  set(Unit::kCacheWrite, usage.cache_write_tokens.value_or(0));
  set(Unit::kWebSearch, usage.web_search_requests.value_or(0));
  set(Unit::kRequest, 1);
  set(Unit::kInputAudio, usage.audio_prompt_tokens.value_or(0));
  set(Unit::kOutputAudio, usage.audio_completion_tokens.value_or(0));
  set(Unit::kOutputImage, usage.image_completion_tokens.value_or(0));
  set(Unit::kOutputReasoning, usage.reasoning_tokens.value_or(0));
  set(Unit::kCacheWrite1h, usage.cache_write_1h_tokens.value_or(0));
  set(Unit::kCacheAudioRead, usage.cached_audio_tokens.value_or(0));
  return counts;
}

// Units that must have a price if they were used. Most other units are parts of these.
constexpr Unit kWholes[] = {Unit::kInput, Unit::kOutput, Unit::kWebSearch};

bool is_covered(const Counts& counts, const Prices& prices) {
  for (const Unit unit : kWholes) {
    if (counts[static_cast<size_t>(unit)] > 0 && !prices.has(unit)) return false;
  }
  return true;
}

// True if some tokens were cached and some were audio, and the provider did not report how many were both.
bool is_ambiguous(const chat::Usage& usage, const Prices& prices) {
  return prices.has(Unit::kCacheAudioRead) && !usage.cached_audio_tokens && usage.cached_tokens.value_or(0) > 0 &&
         usage.audio_prompt_tokens.value_or(0) > 0;
}

// Adds the cost of `count` units. False if the sum is too large.
bool add_cost(PicoUsd& sum, int64_t count, PicoUsd price) {
  constexpr PicoUsd kMax = std::numeric_limits<PicoUsd>::max();
  if (price != 0 && count > (kMax - sum) / price) return false;
  sum += count * price;
  return true;
}

}  // namespace

std::optional<PicoUsd> bill(const chat::Usage& usage, const Prices& prices) {
  Counts counts = counts_of(usage);
  if (!is_covered(counts, prices) || is_ambiguous(usage, prices)) return std::nullopt;
  // In kUnits parts come after their wholes. So go from the last to the first: charge each unit with a price, and
  // subtract its count from the units that it is part of.
  PicoUsd sum = 0;
  for (size_t unit = kUnitCount; unit-- > 0;) {
    if ((prices.known >> unit & 1U) == 0) continue;
    const int64_t count = counts[unit];
    if (count < 0 || !add_cost(sum, count, prices.of[unit])) return std::nullopt;
    for (size_t whole = 0; whole < unit; ++whole) {
      if ((kUnits[unit].part_of >> whole & 1U) != 0) counts[whole] -= count;
    }
  }
  return sum;
}

}  // namespace onellm::prices
