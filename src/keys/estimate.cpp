#include "keys/estimate.h"

#include <algorithm>

#include "keys/amounts.h"

namespace onellm::keys {

namespace {

using prices::Prices;
using prices::ServerTool;
using prices::Unit;
using prices::UnitSet;

constexpr int64_t kMarginPart = 5;

PicoUsd price_of(const Prices& prices, size_t unit) {
  return (prices.known >> unit & 1U) != 0 ? std::max<PicoUsd>(0, prices.of[unit]) : 0;
}

// The dearest price of `whole` and of its parts in `may_meet`, over all lists.
PicoUsd dearest(std::span<const Prices> lists, Unit whole, UnitSet may_meet) {
  PicoUsd most = 0;
  for (size_t unit = 0; unit < prices::kUnitCount; ++unit) {
    const UnitSet own = UnitSet{1} << unit;
    const bool is_part = (prices::kUnits[unit].part_of & prices::set_of(whole)) != 0 && (may_meet & own) != 0;
    if (own != prices::set_of(whole) && !is_part) continue;
    for (const Prices& prices : lists) most = std::max(most, price_of(prices, unit));
  }
  return most;
}

bool all_have(std::span<const Prices> lists, Unit unit) {
  return !lists.empty() &&
         std::all_of(lists.begin(), lists.end(), [unit](const Prices& prices) { return prices.has(unit); });
}

Unpriced unpriced_part(const PricedRequest& request, std::span<const Prices> lists) {
  if (!all_have(lists, Unit::kInput)) return Unpriced::kModel;
  if (request.has_output && !all_have(lists, Unit::kOutput)) return Unpriced::kModel;
  const bool has_prices = std::all_of(request.tools.begin(), request.tools.end(), [lists](const ServerTool& tool) {
    return tool.has_price && all_have(lists, tool.unit);
  });
  return has_prices ? Unpriced::kNothing : Unpriced::kTool;
}

}  // namespace

int64_t with_margin(int64_t tokens) {
  const int64_t known = std::clamp<int64_t>(tokens, 0, kTokensMax);
  return known + (known + kMarginPart - 1) / kMarginPart;
}

Estimate estimate(const PricedRequest& request, std::span<const Prices> prices) {
  Estimate out{.unpriced = unpriced_part(request, prices)};
  if (out.unpriced != Unpriced::kNothing) return out;
  const PicoUsd output = request.has_output ? dearest(prices, Unit::kOutput, request.may_meet) : 0;
  PicoUsd fixed = times(std::max<int64_t>(0, request.prompt_tokens), dearest(prices, Unit::kInput, request.may_meet));
  fixed = plus(fixed, dearest(prices, Unit::kRequest, 0));
  for (const ServerTool& tool : request.tools) {
    fixed = plus(fixed, times(std::max<int64_t>(0, tool.uses_max), dearest(prices, tool.unit, 0)));
  }
  if (request.output_tokens) {
    fixed = plus(fixed, times(std::max<int64_t>(0, *request.output_tokens), output));
  } else {
    out.cost.per_output_token = output;
  }
  out.cost.fixed = fixed;
  return out;
}

}  // namespace onellm::keys
