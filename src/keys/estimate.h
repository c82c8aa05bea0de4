// The most that a request may cost at one of its targets, before it is sent.
//
// Rule: each part is taken at the dearest rate that it can meet, and nothing overflows, so that the estimate is wrong
// only as far as the count of the prompt is.
#pragma once

#include <cstdint>
#include <span>

#include "keys/limiter/ask.h"
#include "prices/server_tools.h"
#include "prices/units.h"

namespace onellm::keys {

struct PricedRequest {
  int64_t prompt_tokens = 0;  // With the margin: see with_margin().
  // The output of all answers together, as the encoded body limits it. Nothing: the limiter chooses the limit.
  std::optional<int64_t> output_tokens = {};
  // Units that the prompt and the output may be charged as, beside plain ones: cache writes and their hour, audio,
  // pictures. Reading from a cache is never assumed.
  prices::UnitSet may_meet = 0;
  bool has_output = true;  // False: an embedding.
  std::span<const prices::ServerTool> tools = {};
};

enum class Unpriced : uint8_t { kNothing, kModel, kTool };

struct Estimate {
  Unpriced unpriced = Unpriced::kNothing;  // What has no price: a key with a budget may not use it.
  TargetCost cost = {};
};

// The count of an estimator and a fifth, rounded up.
[[nodiscard]] int64_t with_margin(int64_t tokens);

// `prices`: each list of prices that the request can meet, for instance below and above the limit of a long context.
// The dearest of each unit counts. Unpriced if one of them lacks a price.
[[nodiscard]] Estimate estimate(const PricedRequest& request, std::span<const prices::Prices> prices);

}  // namespace onellm::keys
