// The price table. scripts/prices.mjs writes its data when the core is built.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace onellm::prices {

// The prices of one provider.
struct PriceList {
  std::string_view rows;  // One for each model: its rules (scripts/lib/price_rules.mjs), the place of its schedule.
  std::string_view fallbacks;  // Each byte is the index of a list to search if this one does not have the model.
};

struct ListName {
  std::string_view name;  // A provider or a host. A name that begins with a dot matches every host that ends with it.
  uint8_t list;
};

struct PriceData {
  std::span<const PriceList> lists;
  std::span<const ListName> names;
  std::span<const ListName> hosts;
  std::string_view schedules;  // Packed by scripts/lib/price_periods.mjs.
};

extern const PriceData kPriceData;

}  // namespace onellm::prices
