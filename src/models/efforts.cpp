#include "models/efforts.h"

#include <cstddef>
#include <cstdlib>
#include <iterator>

#include "base/assert.h"
#include "json/reader.h"

namespace onellm::models {

namespace {

constexpr std::string_view kWords[] = {"none", "minimal", "low", "medium", "high", "xhigh", "max"};

}  // namespace

std::optional<Effort> find_effort(json::RawString word) {
  for (size_t i = 0; i < std::size(kWords); ++i) {
    if (json::key_is(word, kWords[i])) return static_cast<Effort>(i);
  }
  return std::nullopt;
}

std::string_view effort_word(Effort effort) { return kWords[static_cast<size_t>(effort)]; }

Effort nearest_effort(EffortSet set, Effort asked) {
  ONELLM_ASSERT(!set.empty());
  if (set.has(asked)) return asked;
  Effort nearest = Effort::kNone;
  int distance = static_cast<int>(std::size(kWords));
  for (int i = 1; i < static_cast<int>(std::size(kWords)); ++i) {
    const int away = std::abs(i - static_cast<int>(asked));
    if (!set.has(static_cast<Effort>(i)) || away > distance) continue;
    nearest = static_cast<Effort>(i);
    distance = away;
  }
  return nearest;
}

}  // namespace onellm::models
