// Windows of a budget: the time after which a key may spend its budget anew.
//
// `1d`, `7d` and `1mo` are days, weeks from Monday, and months of the calendar in UTC. Other numbers of hours (`12h`)
// and days (`30d`) follow one another from the creation of the key.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

namespace onellm::keys {

struct Duration {
  enum class Kind : uint8_t { kEndless, kDay, kWeek, kMonth, kHours };
  Kind kind = Kind::kEndless;
  int64_t hours = 0;  // kHours only.
  bool operator==(const Duration&) const = default;
};

inline constexpr int64_t kNever = std::numeric_limits<int64_t>::max();

// Reads a budget_duration; nothing if it is malformed or too long. The empty text is the endless duration.
[[nodiscard]] std::optional<Duration> read_duration(std::string_view text);

// When the window with `time_ms` begins and ends (the end is not part of it). An endless window begins at
// `created_ms` and ends kNever. Times are milliseconds since 1970 and not negative.
[[nodiscard]] int64_t window_start(const Duration& duration, int64_t created_ms, int64_t time_ms);
[[nodiscard]] int64_t window_end(const Duration& duration, int64_t created_ms, int64_t time_ms);

}  // namespace onellm::keys
