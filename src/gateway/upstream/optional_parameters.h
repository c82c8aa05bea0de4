// Which parameters of a request may be left out where a provider refuses them: those that change how an answer is
// made, and not what is asked. The table is optional_parameters.cpp.
#pragma once

#include <span>
#include <string_view>

namespace onellm::routing {

// A parameter by the name that a provider has for it.
struct OptionalParameter {
  std::string_view theirs;
  std::span<const std::string_view> ours = {};  // What clients ask for it by; empty: by the same name.
  bool is_own = false;                          // The gateway sends it unasked as well.

  // The members of a request that are to go for it.
  [[nodiscard]] std::span<const std::string_view> members() const {
    return ours.empty() ? std::span(&theirs, 1) : ours;
  }
};

// Null where it has to stay, or nothing is known of it.
[[nodiscard]] const OptionalParameter* find_optional_parameter(std::string_view theirs);

}  // namespace onellm::routing
