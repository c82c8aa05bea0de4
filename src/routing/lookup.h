// What one name reaches. The parts that resolving a request and listing the models share, so that what
// is listed is what can be asked for.
#pragma once

#include <string_view>
#include <vector>

#include "routing/model_spec.h"
#include "routing/settings/settings.h"

namespace onellm::routing {

// A target as text, and the alias that it stands in for, if any.
struct TargetText {
  std::string_view text;
  std::string_view alias;
};

// `name` itself, or the targets of the alias of that name. Views into `name` and the settings.
[[nodiscard]] std::vector<TargetText> expand_alias(const Settings& settings, std::string_view name);

// A target split at its first slash; `provider` is empty unless it names a configured provider.
struct SplitTarget {
  std::string_view provider;
  std::string_view model;
};
[[nodiscard]] SplitTarget split_target(const Settings& settings, std::string_view target);

// The ways to reach a target, aliases aside, in the order in which they are tried: the echo, the
// provider it names, an Azure deployment, a model listed by settings, a family. Empty: nothing does.
[[nodiscard]] std::vector<Target> find_target(const Settings& settings, std::string_view target);

}  // namespace onellm::routing
