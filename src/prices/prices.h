// The cost of a call in whole pico-dollars, from its usage and the prices of its model at that time.
//
// Prices come from a table that is generated at build time (cmake/prices.cmake) and from overrides of this deployment.
//
// Rule: an unknown price gives no cost, never 0.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chat/usage.h"
#include "prices/money.h"
#include "prices/units.h"

namespace onellm::prices {

// Identifies a price list and a row of it.
struct Service {
  std::string_view provider = {};  // The gateway's name: "openai", "azure", "google", or a name of ONELLM_PROVIDERS.
  std::string_view base = {};      // Its base URL. The host in it identifies a compatible host of any name.
  std::string_view model = {};     // The model that the provider reports.
  std::string_view asked = {};     // The requested model, used if `model` has no price. Both may be empty.
  bool is_free = false;            // The gateway itself answers.
  bool has_other_prices = false;   // As in Usage: the prices of the table do not apply.
};

// The deployment's own prices (ONELLM_PRICES, or KV `prices`). They win over the table.
class Overrides;

// `json` is the text of the setting: `{"my-model":{"input_mtok":2.5,"output_mtok":10},"groq/*":{…}}`. A key is the name
// of a model, with or without `provider/` before it; a `*` at the end matches any rest. Members are named as in
// units.h. A price is a number, a number as text, or `{"base":1.25,"tiers":[{"start":200000,"price":2.5}]}`. An entry
// replaces all prices that the table has for the model. A malformed entry is reported in `problems` and left out; the
// others stay. Null if no entry is left.
[[nodiscard]] std::shared_ptr<const Overrides> read_overrides(std::string_view json,
                                                              std::vector<std::string>& problems);

// The prices of a model at a time for a request with so many prompt tokens. Of a model that is free every unit costs
// nothing. Nothing: the model has no prices, or not those of the table.
[[nodiscard]] std::optional<Prices> prices_of(const Service& service, int64_t prompt_tokens, double now_ms,
                                              const Overrides* overrides);

struct Costs {
  std::optional<PicoUsd> total = {};  // Nothing: a price is unknown that the usage needs.
  // What the usage would have cost more without the provider's cache. Less than 0 if writing to the cache cost more
  // than reading from it saved. 0: nothing was cached, or a price is unknown.
  PicoUsd cache_saved = 0;
};

// `now_ms`: milliseconds since 1970, since prices change with time. `overrides` may be null.
[[nodiscard]] Costs costs_of(const chat::Usage& usage, const Service& service, double now_ms,
                             const Overrides* overrides);

// The total alone.
[[nodiscard]] std::optional<PicoUsd> cost_of(const chat::Usage& usage, const Service& service, double now_ms,
                                             const Overrides* overrides);

}  // namespace onellm::prices
