// Finds the targets of one name. (A target is one way to reach a model: a provider and its name for the model.)
//
// Rule: resolving a request and listing the models both use these functions, so that every listed model can be
// requested.
#pragma once

#include <string_view>
#include <vector>

#include "routing/model_spec.h"
#include "routing/settings/settings.h"

namespace onellm::routing {

// The first provider of that name; null if none is configured.
[[nodiscard]] const providers::Provider* find_provider(const Settings& settings, std::string_view name);

// A target as text, and the alias that it comes from, if any.
struct TargetText {
  std::string_view text;
  std::string_view alias;
};

// The targets of the alias `name`, or `name` itself if there is no such alias. Views into `name` and the settings.
[[nodiscard]] std::vector<TargetText> expand_alias(const Settings& settings, std::string_view name);

// A target split at its first slash. If the first part is no configured provider, `provider` is empty and `model` is
// the whole target.
struct SplitTarget {
  std::string_view provider;
  std::string_view model;
};
[[nodiscard]] SplitTarget split_target(const Settings& settings, std::string_view target);

// The ways to reach a target that is no alias. Uses the first of these that fits: the echo, the provider that the
// target names, the Azure deployments or other models listed in settings, a family of models. Empty: none fits.
[[nodiscard]] std::vector<Target> find_target(const Settings& settings, std::string_view target);

}  // namespace onellm::routing
