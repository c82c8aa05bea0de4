// Prices that a deployment sets, by model name. prices.h describes the format of the setting.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "prices/prices.h"
#include "prices/units.h"

namespace onellm::prices {

// The prices of a request with more than `over_tokens` prompt tokens.
struct Step {
  int64_t over_tokens = -1;
  Prices prices;
};

class Overrides {
 public:
  // `name` must be in lower case. `steps` must be sorted by their tokens and not empty.
  void add(std::string name, std::vector<Step> steps) { entries_.push_back({std::move(name), std::move(steps)}); }
  [[nodiscard]] bool is_empty() const { return entries_.empty(); }

  // The prices of the entry that fits best; null if no entry fits. A whole name wins over one with a `*`, then a longer
  // name over a shorter one.
  [[nodiscard]] const Prices* find(const Service& service, int64_t prompt_tokens) const;

 private:
  struct Entry {
    std::string name;
    std::vector<Step> steps;
  };

  std::vector<Entry> entries_;
};

}  // namespace onellm::prices
