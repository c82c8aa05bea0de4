// ONELLM_MODEL_RULES: a deployment's own rules for models. They win over the table (rows/), so that support for a
// new model can be corrected without a release.
//
//   {"gpt-5.6*": {"drop": ["temperature"], "effort": ["low", "high"], "output_tokens_max": 128000,
//                 "context_tokens": 400000, "thinking": "adaptive", "forced_tools": false, "responses_only": false}}
//
// A key is the name of a model, or the beginning of a name and a `*`; both may have `provider/` before them. If several
// keys fit a model, each member is taken from the best key that has it: a whole name before a beginning, one with a
// provider before one without, a longer beginning before a shorter one.
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

// The rules of one key.
struct Override {
  std::string name;       // In lower case, without the `*`.
  bool is_whole = false;  // The key had no `*`.
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

  // Applies the rules for a model of that provider to `contract`. `names`: the provider's name for the model, and its
  // other names in settings. `contract` then points into this object, which must outlive it.
  void apply(std::string_view provider, std::span<const std::string_view> names, Contract& contract) const;

 private:
  std::vector<Override> entries_;
};

// Null if no rule can be used. Errors are added to `problems`: "gpt-5.6*: effort must be …". A malformed or unknown
// member is left out; the others stay.
[[nodiscard]] std::shared_ptr<const Overrides> read_overrides(std::string_view json,
                                                              std::vector<std::string>& problems);

}  // namespace onellm::models
