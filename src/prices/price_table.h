// Finds prices in the price table: the list of a provider, the row of a model, and its prices at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "prices/price_data.h"
#include "prices/units.h"

namespace onellm::prices {

// The list for the host of a base URL, else the list for the name of the provider; null if neither has one.
[[nodiscard]] const PriceList* find_list(std::string_view provider, std::string_view base);

// The place of a model's prices in kPriceData.schedules. Also searches the fallback lists, and for dates written
// without hyphens. Ignores letter case.
[[nodiscard]] std::optional<int64_t> find_schedule(const PriceList& list, std::string_view model);

// The prices at a time (milliseconds since 1970) for a request with `prompt_tokens`. Above the limit of a step the
// whole request has the prices of that step.
[[nodiscard]] Prices prices_at(int64_t schedule, int64_t now_ms, int64_t prompt_tokens);

}  // namespace onellm::prices
