// The tools that providers run themselves, and what they charge for each use.
#pragma once

#include <optional>
#include <string_view>

#include "prices/units.h"

namespace onellm::gateway {

enum class Charge : uint8_t {
  kNothing,   // The client runs the tool, or its use costs nothing beside tokens.
  kSearch,    // Each use is a web search.
  kUnpriced,  // It is charged for in a way that no unit of prices stands for.
};

// By the `type` of a tool.
[[nodiscard]] Charge charge_of_type(std::string_view type);
// By the name of a member of a tool that has no type, such as `googleSearch`.
[[nodiscard]] Charge charge_of_member(std::string_view name);

}  // namespace onellm::gateway
