// ONELLM_MODEL_RULES: what a deployment says of models itself, over the table (rows.cpp), so that a new model's
// quirk is mended without a release.
//
//   {"gpt-5.6*": {"drop": ["temperature"], "effort": ["low", "high"], "output_tokens_max": 128000,
//                 "context_tokens": 400000, "thinking": "adaptive", "forced_tools": false, "responses_only": false}}
//
// A key is a model's name, or what it begins with and a `*`; either may have `provider/` before it. Each member is
// taken by itself, from the key that says most: a whole name before a beginning, one with a provider before one
// without, the longest beginning before a shorter one.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/contract.h"

namespace onellm::models {

// What one key says.
struct Override {
  std::string name;       // In lower case, without the `*`.
  bool is_whole = false;  // It had none.
  std::optional<std::vector<std::string>> drop;
  std::optional<EffortSet> effort;
  std::optional<ThinkingForm> thinking;
  std::optional<bool> forced_tools;
  std::optional<bool> responses_only;
  std::optional<int64_t> output_tokens_max;
  std::optional<int64_t> context_tokens;
};

class Overrides {
 public:
  void add(Override entry) { entries_.push_back(std::move(entry)); }
  [[nodiscard]] bool is_empty() const { return entries_.empty(); }

  // Changes in `contract` what the keys say of a model of that provider. `names`: the provider's own name for it,
  // and others by which settings know it. The contract views this.
  void apply(std::string_view provider, std::span<const std::string_view> names, Contract& contract) const;

 private:
  std::vector<Override> entries_;
};

// Null where nothing of it can be used. What is wrong is added to `problems`: "gpt-5.6*: effort must be …". A
// malformed or unknown member costs only itself.
[[nodiscard]] std::shared_ptr<const Overrides> read_overrides(std::string_view json,
                                                              std::vector<std::string>& problems);

}  // namespace onellm::models
