// The cost of a usage at given prices.
#pragma once

#include <optional>

#include "chat/usage.h"
#include "prices/money.h"
#include "prices/units.h"

namespace onellm::prices {

// Nothing in these cases: a used unit has no price and is not part of a unit that has one; the counts contradict each
// other (more tokens read from the cache than the prompt has); cached and audio tokens overlap by an unknown number;
// the cost is over $9 million.
[[nodiscard]] std::optional<PicoUsd> bill(const chat::Usage& usage, const Prices& prices);

}  // namespace onellm::prices
