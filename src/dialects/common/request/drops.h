// Collects the parameters that the target does not support. They are left out and reported to the client. A strict
// request is refused instead.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"

namespace onellm::dialects {

class Drops {
 public:
  // Keeps each name once, and at most kDropsMax names. An empty name, which JSON allows, is reported as `""`.
  void add(std::string_view parameter);

  // The error for a strict request: it names the first parameter. nullopt if nothing was dropped.
  [[nodiscard]] std::optional<Error> refusal() const;

  [[nodiscard]] std::vector<std::string> take() { return std::move(names_); }

 private:
  std::vector<std::string> names_;
};

}  // namespace onellm::dialects
