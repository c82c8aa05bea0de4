// What a usage costs at given prices.
#pragma once

#include <optional>

#include "chat/usage.h"
#include "prices/money.h"
#include "prices/units.h"

namespace onellm::prices {

// Nothing where something was used that has no price nor is part of what has one, where the counts
// contradict each other (more tokens read from the cache than the prompt has), and over $9 million.
[[nodiscard]] std::optional<PicoUsd> bill(const chat::Usage& usage, const Prices& prices);

}  // namespace onellm::prices
