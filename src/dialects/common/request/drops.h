// Collects the parameters that the target does not support. They are left out and reported to the client. A strict
// request is refused instead.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "chat/source.h"

namespace onellm::dialects {

class Drops {
 public:
  Drops() = default;
  // Hints of the source's dialect are not kept: nobody misses them.
  explicit Drops(const chat::Source& source) : hints_(source.hints) {}

  // Keeps each name once, and at most kDropsMax names. An empty name, which JSON allows, is reported as `""`.
  void add(std::string_view parameter);

  // The error for a strict request: it names the first parameter. nullopt if nothing was dropped.
  [[nodiscard]] std::optional<Error> refusal() const;

  [[nodiscard]] std::vector<std::string> take() { return std::move(names_); }

 private:
  std::vector<std::string> names_;
  std::span<const std::string_view> hints_;
};

}  // namespace onellm::dialects
