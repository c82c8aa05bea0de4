// What a call costs: from its usage and the price of its model at that time, in whole pico-dollars.
//
// Prices come from a table that is generated at build time (cmake/prices.cmake) and from overrides of
// this deployment. What neither knows has no cost: that is never 0.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chat/usage.h"
#include "prices/money.h"

namespace onellm::prices {

// Whose price list, and which row of it.
struct Service {
  std::string_view provider = {};  // As the gateway names it: "openai", "azure", "google", or of ONELLM_PROVIDERS.
  std::string_view base = {};      // Its base URL, by which a compatible host is known whatever its name.
  std::string_view model = {};     // As the provider says it served.
  std::string_view asked = {};    // As it was asked for; counts where the other name has no price. Either may be empty.
  bool has_other_prices = false;  // As of a usage: served in a way that the table has no prices of.
};

// Prices of this deployment (ONELLM_PRICES, or KV `prices`). They win over the table.
class Overrides;

// `json` is the setting's text: `{"my-model":{"input_mtok":2.5,"output_mtok":10},"groq/*":{…}}`, by the name of a
// model, with or without its provider; a `*` at the end stands for the rest. Members are named as in units.h; a
// price is a number, as such or as text, or `{"base":1.25,"tiers":[{"start":200000,"price":2.5}]}`. An entry
// replaces all prices of the table. What is malformed is named in `problems` and costs only itself. Null where
// there are none.
[[nodiscard]] std::shared_ptr<const Overrides> read_overrides(std::string_view json,
                                                              std::vector<std::string>& problems);

// `now_ms` since 1970: prices have dates. `overrides` may be null. Nothing where no price is known of something
// that was used and has to be paid for.
[[nodiscard]] std::optional<PicoUsd> cost_of(const chat::Usage& usage, const Service& service, double now_ms,
                                             const Overrides* overrides);

}  // namespace onellm::prices
