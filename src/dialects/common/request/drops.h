// The parameters of a request that its target cannot honour: left out and named to the client, or, where
// the request is strict, its end.
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
  // Each name counts once; of kDropsMax the rest is left away. The empty one, which JSON allows, is told as `""`.
  void add(std::string_view parameter);

  // What a strict request is refused with: the first parameter, by name. Nothing where none was dropped.
  [[nodiscard]] std::optional<Error> refusal() const;

  [[nodiscard]] std::vector<std::string> take() { return std::move(names_); }

 private:
  std::vector<std::string> names_;
};

}  // namespace onellm::dialects
