// The price table: whose list holds, which row is a model's, and what it says for a time.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "prices/price_data.h"
#include "prices/units.h"

namespace onellm::prices {

// The list of the provider that a base URL leads to, or else of the one that is called so; null: nobody's.
[[nodiscard]] const PriceList* find_list(std::string_view provider, std::string_view base);

// Where a model's prices stand in kPriceData.schedules. Fallback lists count, and dates written without
// hyphens; letter case does not.
[[nodiscard]] std::optional<int64_t> find_schedule(const PriceList& list, std::string_view model);

// The prices that hold at a time (milliseconds since 1970) for a request with so many prompt tokens: past a
// step's limit all of the request is paid at that step's price.
[[nodiscard]] Prices prices_at(int64_t schedule, int64_t now_ms, int64_t prompt_tokens);

}  // namespace onellm::prices
