// A sum of costs that can be larger than 64 bits of pico-dollars (about nine million dollars).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "prices/money.h"

namespace onellm::gateway {

class UsageCost {
 public:
  UsageCost() = default;
  // From an estimate, which may have a fraction.
  [[nodiscard]] static UsageCost of(double pico_usd);
  // Requires that the text consists of digits.
  [[nodiscard]] static UsageCost of(std::string_view pico_usd);

  void add(const UsageCost& other);
  [[nodiscard]] bool is_zero() const { return dollars_ == 0 && rest_ == 0; }
  // In dollars, with every digit.
  [[nodiscard]] std::string text() const;

 private:
  UsageCost(int64_t dollars, prices::PicoUsd rest) : dollars_(dollars), rest_(rest) {}

  int64_t dollars_ = 0;
  prices::PicoUsd rest_ = 0;  // Less than a dollar.
};

}  // namespace onellm::gateway
