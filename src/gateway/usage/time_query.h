// Reads the times in the queries about usage.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"

namespace onellm::gateway {

struct QueryTime {
  int64_t ms = 0;        // Since 1970.
  bool is_date = false;  // No time of day was given.

  // When a span ends that this time ends: a date alone is included.
  [[nodiscard]] int64_t end_ms() const;
};

// Reads a date, a time with or without a zone (UTC), or seconds since 1970. Nothing if the text is none of them, or is
// a time before 1970.
[[nodiscard]] std::optional<QueryTime> read_query_time(std::string_view text);

inline constexpr const char* kNoQueryTime =
    "must be a date (2026-11-23), a time (2026-11-23T06:00:00Z) or seconds since 1970.";
inline constexpr const char* kNoQuerySpan = "leaves no time: from is not before to.";

// kBadRequest that names the parameter.
[[nodiscard]] Error bad_query_value(const std::string& param, const std::string& problem);

}  // namespace onellm::gateway
