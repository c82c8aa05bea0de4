// Reads and writes the values of rows of usage, whose numbers may be larger than JavaScript's.
#pragma once

#include <cstdint>
#include <string>

#include "gateway/chat/reports/usage_cost.h"
#include "gateway/usage/sums.h"
#include "json/reader.h"
#include "json/writer.h"

namespace onellm::gateway {

// A number, or a text that contains one. 0 if it is neither; a number that is too large is INT64_MAX.
[[nodiscard]] int64_t read_number(json::Value& value);

// A cost in pico-dollars, as a number or as text. The ledger writes digits; Analytics Engine may write any number, an
// estimate.
[[nodiscard]] UsageCost read_cost(json::Value& value);

// An amount that may be less than 0, read as read_cost() does.
struct SignedCost {
  bool is_negative = false;
  UsageCost amount;

  // In dollars, with every digit: a JSON number.
  [[nodiscard]] std::string text() const;
};
[[nodiscard]] SignedCost read_signed_cost(json::Value& value);

// Writes all sums of sums.h under their names; the cost in dollars, as `cost_usd`.
void write_sums(json::ObjectWriter& object, const UsageSums& sums, const UsageCost& cost);

}  // namespace onellm::gateway
