// Reads the prices that a deployment sets: implements read_overrides() of prices.h.
#include <optional>

#include "base/text.h"
#include "json/object.h"
#include "prices/overrides.h"

namespace onellm::prices {

namespace {

constexpr int64_t kDollarsMax = 1'000'000;  // For a million tokens; a higher price is a mistake.

constexpr int64_t power_of_ten(int exponent) { return exponent == 0 ? 1 : 10 * power_of_ten(exponent - 1); }

// Converts a written price to pico-dollars for one unit. Nothing if it is malformed or too high.
std::optional<int64_t> read_price(std::string_view text, int decimals) {
  const std::optional<int64_t> price = scale_decimal(text, decimals, Rounding::kNone);
  if (price && *price > kDollarsMax * power_of_ten(decimals)) return std::nullopt;
  return price;
}

std::optional<int64_t> read_price(json::Value& value, int decimals) {
  json::RawString text;
  if (value.type() == json::Type::kNumber) return read_price(value.raw().text, decimals);
  return value.read(text) ? read_price(trim(text.text), decimals) : std::nullopt;
}

// The index in kUnits of the unit with that name; kUnitCount if there is none.
size_t unit_called(std::string_view name) {
  size_t unit = 0;
  while (unit < kUnitCount && kUnits[unit].name != name) ++unit;
  return unit;
}

// Reads the prices of one model. Keeps the first problem only.
class EntryReader {
 public:
  void read(json::Value& value);
  [[nodiscard]] const std::string& problem() const { return problem_; }
  [[nodiscard]] std::vector<Step> take_steps();

 private:
  struct Tier {
    int64_t start;
    size_t unit;
    int64_t price;
  };

  void read_unit(size_t unit, json::Value& value);
  [[nodiscard]] bool read_tiers(size_t unit, json::Value& value);
  [[nodiscard]] bool read_tier(size_t unit, json::Value& value);
  void check_wholes();
  void fail(std::string problem) {
    if (problem_.empty()) problem_ = std::move(problem);
  }

  Prices base_;
  std::vector<Tier> tiers_;  // Sorted by start.
  std::string problem_;
};

void EntryReader::read(json::Value& value) {
  const bool is_object = value.each_member([this](json::RawString key, json::Value& member) {
    const size_t unit = unit_called(json::unescape(key));
    if (unit < kUnitCount) return read_unit(unit, member);
    std::string known;
    for (const UnitInfo& each : kUnits) known.append(known.empty() ? "" : ", ").append(each.name);
    fail("has an unknown key; known are " + known);
  });
  if (!is_object) return fail("must be an object");
  if (base_.known == 0) fail("has no price");
  check_wholes();
}

void EntryReader::read_unit(size_t unit, json::Value& value) {
  if (value.type() == json::Type::kObject) {
    if (!read_tiers(unit, value)) {
      fail(std::string(kUnits[unit].name).append(R"( must have "base", and "tiers" with "start" and "price" each)"));
    }
  } else if (const auto price = read_price(value, kUnits[unit].decimals)) {
    base_.set(unit, *price);
  } else {
    fail(std::string(kUnits[unit].name)
             .append(" must be US dollars from 0 to 1000000 with at most ")
             .append(std::to_string(kUnits[unit].decimals))
             .append(" decimals"));
  }
}

bool EntryReader::read_tiers(size_t unit, json::Value& value) {
  bool is_good = true;
  bool has_base = false;
  value.each_member([&](json::RawString key, json::Value& member) {
    if (json::key_is(key, "base")) {
      const auto price = read_price(member, kUnits[unit].decimals);
      has_base = price.has_value();
      if (price) base_.set(unit, *price);
    } else if (json::key_is(key, "tiers")) {
      const bool is_array =
          member.each_element([&](size_t /*index*/, json::Value& tier) { is_good = read_tier(unit, tier) && is_good; });
      is_good = is_good && is_array;
    } else {
      is_good = false;
    }
  });
  return is_good && has_base;
}

bool EntryReader::read_tier(size_t unit, json::Value& value) {
  std::optional<int64_t> price;
  int64_t start = -1;
  value.each_member([&](json::RawString key, json::Value& member) {
    if (json::key_is(key, "price")) {
      price = read_price(member, kUnits[unit].decimals);
    } else if (!json::key_is(key, "start") || !member.read(start)) {
      start = -1;
    }
  });
  if (!price || start < 0) return false;
  auto later = tiers_.begin();
  while (later != tiers_.end() && later->start <= start) ++later;
  tiers_.insert(later, {.start = start, .unit = unit, .price = *price});
  return true;
}

// A part may have a price only if its wholes have prices too. Prices for cached and for audio tokens need a price for
// tokens that are both.
void EntryReader::check_wholes() {
  for (size_t unit = 0; unit < kUnitCount; ++unit) {
    if ((base_.known >> unit & 1U) == 0) continue;
    for (size_t whole = 0; whole < unit; ++whole) {
      if ((kUnits[unit].part_of & ~base_.known) >> whole & 1U) {
        fail(std::string(kUnits[unit].name).append(" needs ").append(kUnits[whole].name).append(" beside it"));
      }
    }
  }
  if (base_.has(Unit::kCacheRead) && base_.has(Unit::kInputAudio) && !base_.has(Unit::kCacheAudioRead)) {
    fail("input_audio_mtok and cache_read_mtok need cache_audio_read_mtok beside them");
  }
}

std::vector<Step> EntryReader::take_steps() {
  std::vector<Step> steps = {{.prices = base_}};
  for (const Tier& tier : tiers_) {
    if (steps.back().over_tokens != tier.start) {
      steps.push_back({.over_tokens = tier.start, .prices = steps.back().prices});
    }
    steps.back().prices.set(tier.unit, tier.price);
  }
  return steps;
}

}  // namespace

std::shared_ptr<const Overrides> read_overrides(std::string_view json, std::vector<std::string>& problems) {
  auto overrides = std::make_shared<Overrides>();
  const bool is_good = json::read_models(json, problems, [&](const std::string& name, json::Value& value) {
    EntryReader entry;
    entry.read(value);
    if (entry.problem().empty()) {
      overrides->add(ascii_lower(name), entry.take_steps());
    } else {
      problems.push_back(name + ": " + entry.problem());
    }
  });
  return is_good && !overrides->is_empty() ? overrides : nullptr;
}

}  // namespace onellm::prices
