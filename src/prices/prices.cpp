#include "prices/prices.h"

#include <limits>

#include "prices/bill.h"
#include "prices/overrides.h"
#include "prices/price_table.h"

namespace onellm::prices {

namespace {

constexpr UnitSet kAllUnits = (UnitSet{1} << kUnitCount) - 1;
constexpr double kTimeMsMax = 8.64e15;  // The latest date of JavaScript.

std::optional<int64_t> schedule_of(const Service& service) {
  const PriceList* list = find_list(service.provider, service.base);
  if (list == nullptr) return std::nullopt;
  const std::optional<int64_t> schedule = find_schedule(*list, service.model);
  return schedule || service.asked == service.model ? schedule : find_schedule(*list, service.asked);
}

// The cost of the usage of one model.
std::optional<PicoUsd> cost_of_one(const chat::Usage& usage, const Service& service, double now_ms,
                                   const Overrides* overrides) {
  const std::optional<Prices> prices = prices_of(service, usage.prompt_tokens, now_ms, overrides);
  return prices ? bill(usage, *prices) : std::nullopt;
}

}  // namespace

std::optional<Prices> prices_of(const Service& service, int64_t prompt_tokens, double now_ms,
                                const Overrides* overrides) {
  if (service.is_free) return Prices{.known = kAllUnits};
  if (overrides != nullptr) {
    const Prices* prices = overrides->find(service, prompt_tokens);
    if (prices != nullptr) return *prices;
  }
  if (service.has_other_prices) return std::nullopt;
  const std::optional<int64_t> schedule = schedule_of(service);
  if (!schedule || !(now_ms >= 0 && now_ms <= kTimeMsMax)) return std::nullopt;
  return prices_at(*schedule, static_cast<int64_t>(now_ms), prompt_tokens);
}

std::optional<PicoUsd> cost_of(const chat::Usage& usage, const Service& service, double now_ms,
                               const Overrides* overrides) {
  if (service.is_free) return 0;
  Service own = service;
  own.has_other_prices |= usage.has_other_prices;
  if (usage.by_model.empty()) return cost_of_one(usage, own, now_ms, overrides);
  PicoUsd sum = 0;
  for (const chat::Usage& one : usage.by_model) {
    own.model = own.asked = one.model;
    const std::optional<PicoUsd> cost = cost_of_one(one, own, now_ms, overrides);
    if (!cost || *cost > std::numeric_limits<PicoUsd>::max() - sum) return std::nullopt;
    sum += *cost;
  }
  return sum;
}

}  // namespace onellm::prices
