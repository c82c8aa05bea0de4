// Points in time as text: "2026-11-23T03:10:00Z".
// https://www.rfc-editor.org/rfc/rfc3339#section-5.6
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace onellm {

// Milliseconds since 1970; more exact digits are cut off. Nothing if `text` is no such time.
[[nodiscard]] std::optional<int64_t> read_rfc3339_ms(std::string_view text);

// The time in UTC, in whole seconds. Only for the years 1970 to 9999.
inline constexpr int64_t kYear10000Ms = 253'402'300'800'000;
[[nodiscard]] std::string format_rfc3339(int64_t ms);

// The same with milliseconds where there are any: "2026-11-23T03:10:00.250Z".
[[nodiscard]] std::string format_rfc3339_ms(int64_t ms);

}  // namespace onellm
