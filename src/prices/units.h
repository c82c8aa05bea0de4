// What is paid for, and how one thing paid for is part of another: a token read from the cache is part of the
// prompt, and where it has no price of its own it costs what the prompt does.
//
// The names are those of the price package, for the table and for ONELLM_PRICES. The order too is shared with
// scripts/lib/price_periods.mjs: what the table was written with is compared when it is compiled.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace onellm::prices {

// A part comes after what it is part of.
enum class Unit : uint8_t {
  kInput,
  kOutput,
  kCacheRead,
  kCacheWrite,
  kWebSearch,
  kRequest,
  kInputAudio,
  kOutputAudio,
  kOutputImage,
  kOutputReasoning,
  kCacheWrite1h,
  kCacheAudioRead,
};

using UnitSet = uint32_t;  // Bit of a Unit: its value.

constexpr UnitSet set_of(Unit unit) { return UnitSet{1} << static_cast<unsigned>(unit); }
template <typename... Units>
constexpr UnitSet set_of(Unit unit, Units... more) {
  return set_of(unit) | set_of(more...);
}

struct UnitInfo {
  std::string_view name = {};  // Its price: US dollars for a million tokens, or for a thousand of something else.
  UnitSet part_of = 0;
  int decimals = 6;  // How many places the point moves from that price to pico-dollars for one.
};

inline constexpr UnitInfo kUnits[] = {
    {.name = "input_mtok"},
    {.name = "output_mtok"},
    {.name = "cache_read_mtok", .part_of = set_of(Unit::kInput)},
    {.name = "cache_write_mtok", .part_of = set_of(Unit::kInput)},
    {.name = "web_searches_kcount", .decimals = 9},
    {.name = "requests_kcount", .decimals = 9},
    {.name = "input_audio_mtok", .part_of = set_of(Unit::kInput)},
    {.name = "output_audio_mtok", .part_of = set_of(Unit::kOutput)},
    {.name = "output_image_mtok", .part_of = set_of(Unit::kOutput)},
    {.name = "output_reasoning_mtok", .part_of = set_of(Unit::kOutput)},
    {.name = "cache_write_1h_mtok", .part_of = set_of(Unit::kInput, Unit::kCacheWrite)},
    {.name = "cache_audio_read_mtok", .part_of = set_of(Unit::kInput, Unit::kCacheRead, Unit::kInputAudio)},
};

inline constexpr size_t kUnitCount = std::size(kUnits);

// Pico-dollars for one of each; what has no price is not in `known`.
struct Prices {
  UnitSet known = 0;
  std::array<int64_t, kUnitCount> of = {};

  void set(size_t unit, int64_t price) {
    known |= UnitSet{1} << unit;
    of[unit] = price;
  }
  [[nodiscard]] bool has(Unit unit) const { return (known & set_of(unit)) != 0; }
};

}  // namespace onellm::prices
