// The price table as scripts/prices.mjs writes it when the core is built.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace onellm::prices {

// What one provider asks.
struct PriceList {
  std::string_view rows;       // A model each: its rules (scripts/lib/price_rules.mjs), then where its schedule is.
  std::string_view fallbacks;  // A byte each: the lists that are asked where this one knows no such model.
};

struct ListName {
  std::string_view name;  // Of a provider, or a host; one that begins with a dot stands for every host under it.
  uint8_t list;
};

struct PriceData {
  std::span<const PriceList> lists;
  std::span<const ListName> names;
  std::span<const ListName> hosts;
  std::string_view schedules;  // scripts/lib/price_periods.mjs
};

extern const PriceData kPriceData;

}  // namespace onellm::prices
