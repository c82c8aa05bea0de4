// Prices that a deployment sets itself, by name of model. What the setting looks like: prices.h.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "prices/prices.h"
#include "prices/units.h"

namespace onellm::prices {

// The prices of a request with more than so many prompt tokens.
struct Step {
  int64_t over_tokens = -1;
  Prices prices;
};

class Overrides {
 public:
  // `name` in lower case; `steps` by their tokens, and at least one.
  void add(std::string name, std::vector<Step> steps) { entries_.push_back({std::move(name), std::move(steps)}); }
  [[nodiscard]] bool is_empty() const { return entries_.empty(); }

  // Null where no entry is of this service. A whole name wins over one with a `*`, then the longest.
  [[nodiscard]] const Prices* find(const Service& service, int64_t prompt_tokens) const;

 private:
  struct Entry {
    std::string name;
    std::vector<Step> steps;
  };

  std::vector<Entry> entries_;
};

}  // namespace onellm::prices
