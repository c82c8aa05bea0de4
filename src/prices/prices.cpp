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

// The usage as it would have been without the provider's cache.
chat::Usage without_cache(const chat::Usage& usage) {
  chat::Usage plain;
  plain.add(usage);  // The counts alone.
  plain.cached_tokens = plain.cached_audio_tokens = plain.cache_write_tokens = plain.cache_write_1h_tokens = 0;
  return plain;
}

// The costs of the usage of one model. The prices are those of the step that the whole prompt is in, with a cache and
// without.
Costs costs_of_one(const chat::Usage& usage, const Service& service, double now_ms, const Overrides* overrides) {
  const std::optional<Prices> prices = prices_of(service, usage.prompt_tokens, now_ms, overrides);
  if (!prices) return {};
  Costs costs{.total = bill(usage, *prices)};
  const bool used_cache = usage.cached_tokens.value_or(0) > 0 || usage.cache_write_tokens.value_or(0) > 0;
  if (!costs.total || !used_cache) return costs;
  if (const std::optional<PicoUsd> plain = bill(without_cache(usage), *prices)) {
    costs.cache_saved = *plain - *costs.total;
  }
  return costs;
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

Costs costs_of(const chat::Usage& usage, const Service& service, double now_ms, const Overrides* overrides) {
  if (service.is_free) return {.total = 0};
  Service own = service;
  own.has_other_prices |= usage.has_other_prices;
  if (usage.by_model.empty()) return costs_of_one(usage, own, now_ms, overrides);
  Costs sum{.total = 0};
  for (const chat::Usage& one : usage.by_model) {
    own.model = own.asked = one.model;
    const Costs costs = costs_of_one(one, own, now_ms, overrides);
    if (!costs.total || __builtin_add_overflow(*sum.total, *costs.total, &*sum.total)) return {};
    if (__builtin_add_overflow(sum.cache_saved, costs.cache_saved, &sum.cache_saved)) return {};
  }
  return sum;
}

std::optional<PicoUsd> cost_of(const chat::Usage& usage, const Service& service, double now_ms,
                               const Overrides* overrides) {
  return costs_of(usage, service, now_ms, overrides).total;
}

}  // namespace onellm::prices
