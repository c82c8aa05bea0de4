// Tools that providers run themselves, and how each use of them is charged for.
//
// Rule: which name means which charge is known beside each dialect (dialects/<name>/cost_members.cpp). Only what the
// charges are is known here, since every dialect has the same ones.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/limits.h"
#include "prices/units.h"

namespace onellm::prices {

// In the order of their cost.
enum class Charge : uint8_t {
  kNothing,   // The client runs the tool, or its use costs nothing beside tokens.
  kSearch,    // Each use is a web search.
  kUnpriced,  // It is charged for in a way that no unit stands for.
};

// A tool, known by the beginning of its name: names have dates or versions at their end.
struct ToolCharge {
  std::string_view begins;
  Charge charge;
};

// A tool of a request that is charged for.
struct ServerTool {
  Unit unit = Unit::kWebSearch;
  bool has_price = true;  // False: Charge::kUnpriced.
  int64_t uses_max = kKeyToolUsesDefault;
};

}  // namespace onellm::prices
