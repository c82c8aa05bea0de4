// The units that have prices, and which units are part of others. A token read from the cache is part of the prompt: if
// it has no price of its own, it has the price of a prompt token.
//
// The names are those of the price package. The table and ONELLM_PRICES use them.
//
// Rule: the order is the same as in scripts/lib/price_periods.mjs. The compiler compares it with that of the table.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace onellm::prices {

// Rule: a part comes after the units that it is part of.
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

using UnitSet = uint32_t;  // Bit n is the Unit with value n.

constexpr UnitSet set_of(Unit unit) { return UnitSet{1} << static_cast<unsigned>(unit); }
template <typename... Units>
constexpr UnitSet set_of(Unit unit, Units... more) {
  return set_of(unit) | set_of(more...);
}

struct UnitInfo {
  std::string_view name = {};  // Its price is in US dollars for a million tokens (mtok) or for a thousand (kcount).
  UnitSet part_of = 0;
  int decimals = 6;  // That price times 10^decimals is the price of one unit in pico-dollars.
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

// The price of one of each unit in pico-dollars. A unit without a price is not in `known`.
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
