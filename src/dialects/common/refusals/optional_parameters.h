// The parameters of a request that may be left out if a provider refuses them. The table is in optional_parameters.cpp.
//
// Rule: They change how an answer is made, not what is asked.
#pragma once

#include <span>
#include <string_view>

namespace onellm::dialects {

// A parameter under the provider's name for it.
struct OptionalParameter {
  std::string_view theirs;
  std::span<const std::string_view> ours = {};  // The client's names for it; empty: the same name.
  bool is_own = false;                          // The gateway also sends it by itself.
  std::string_view only_value = {};  // It may be left out only if the client sent this value; empty: any value.

  // True if a member with this value, as JSON, may be left out.
  [[nodiscard]] bool may_lose(std::string_view value) const { return only_value.empty() || only_value == value; }

  // The members of the client's request to leave out.
  [[nodiscard]] std::span<const std::string_view> members() const {
    return ours.empty() ? std::span(&theirs, 1) : ours;
  }
};

// Null if the parameter must not be left out, or is unknown.
[[nodiscard]] const OptionalParameter* find_optional_parameter(std::string_view theirs);

}  // namespace onellm::dialects
