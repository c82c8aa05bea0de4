// The words of reasoning_effort, from lowest to highest, and sets of them.
// https://platform.openai.com/docs/guides/reasoning
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "json/raw.h"

namespace onellm::models {

enum class Effort : uint8_t { kNone, kMinimal, kLow, kMedium, kHigh, kXhigh, kMax };

class EffortSet {
 public:
  constexpr EffortSet() = default;
  // All words from `least` to `most`.
  constexpr EffortSet(Effort least, Effort most) {
    for (int effort = static_cast<int>(least); effort <= static_cast<int>(most); ++effort) {
      *this = with(static_cast<Effort>(effort));
    }
  }

  [[nodiscard]] constexpr EffortSet with(Effort effort) const {
    EffortSet set = *this;
    set.bits_ = static_cast<uint8_t>(set.bits_ | bit(effort));
    return set;
  }
  [[nodiscard]] constexpr bool has(Effort effort) const { return (bits_ & bit(effort)) != 0; }
  [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
  constexpr bool operator==(const EffortSet&) const = default;

 private:
  static constexpr uint8_t bit(Effort effort) { return static_cast<uint8_t>(1U << static_cast<unsigned>(effort)); }

  uint8_t bits_ = 0;
};

inline constexpr EffortSet kAllEfforts{Effort::kNone, Effort::kMax};

// Nothing for an unknown word.
[[nodiscard]] std::optional<Effort> find_effort(json::RawString word);
[[nodiscard]] std::string_view effort_word(Effort effort);

// The effort of the set that is nearest to `asked`; of two equally near, the higher. Other words become "none" only if
// the set has nothing else. Requires that the set is not empty.
[[nodiscard]] Effort nearest_effort(EffortSet set, Effort asked);

}  // namespace onellm::models
