#include "prices/prices.h"

#include "prices/bill.h"
#include "prices/overrides.h"
#include "prices/price_table.h"

namespace onellm::prices {

namespace {

constexpr double kTimeMsMax = 8.64e15;  // The last of JavaScript's dates.

std::optional<int64_t> schedule_of(const Service& service) {
  const PriceList* list = find_list(service.provider, service.base);
  if (list == nullptr) return std::nullopt;
  const std::optional<int64_t> schedule = find_schedule(*list, service.model);
  return schedule || service.asked == service.model ? schedule : find_schedule(*list, service.asked);
}

}  // namespace

std::optional<PicoUsd> cost_of(const chat::Usage& usage, const Service& service, double now_ms,
                               const Overrides* overrides) {
  if (service.provider == "echo") return 0;  // Our own.
  if (overrides != nullptr) {
    const Prices* prices = overrides->find(service, usage.prompt_tokens);
    if (prices != nullptr) return bill(usage, *prices);
  }
  if (service.has_other_tier) return std::nullopt;
  const std::optional<int64_t> schedule = schedule_of(service);
  if (!schedule || !(now_ms >= 0 && now_ms <= kTimeMsMax)) return std::nullopt;
  return bill(usage, prices_at(*schedule, static_cast<int64_t>(now_ms), usage.prompt_tokens));
}

}  // namespace onellm::prices
