#include "routing/lookup.h"

#include <algorithm>
#include <string>

#include "base/text.h"

namespace onellm::routing {

namespace {

using providers::Model;
using providers::Provider;

// The providers that list `model` in `field`. If `provider_name` is empty, only those with the name of the first one
// found. Several providers share a name only if they are resources of Azure.
std::vector<Target> find_listed(const Settings& settings, std::string_view provider_name, std::string_view model,
                                std::string Model::*field) {
  std::vector<Target> found;
  for (const Provider& provider : settings.providers) {
    if (!provider_name.empty() && provider.name != provider_name) continue;
    for (const Model& listed : provider.models) {
      if (listed.*field != model) continue;
      provider_name = provider.name;
      found.push_back({.asked = {}, .provider = &provider, .model = listed.upstream});
    }
  }
  return found;
}

// Names for clients win over the provider's own names, such as deployments.
std::vector<Target> find_listed(const Settings& settings, std::string_view provider_name, std::string_view model) {
  std::vector<Target> found = find_listed(settings, provider_name, model, &Model::name);
  if (found.empty()) found = find_listed(settings, provider_name, model, &Model::upstream);
  return found;
}

// A model that is not listed is passed on under its own name, unless the provider only has listed models.
std::vector<Target> find_at_provider(const Settings& settings, const SplitTarget& target) {
  if (target.model.empty()) return {};
  std::vector<Target> found = find_listed(settings, target.provider, target.model);
  const Provider* provider = find_provider(settings, target.provider);
  if (found.empty() && !provider->only_listed_models) {
    found.push_back(
        {.asked = {}, .provider = provider, .model = std::string(upstream_name(*provider->kind, target.model))});
  }
  return found;
}

// A family belongs to a name: `openai` may also be a provider of the user's own.
std::vector<Target> find_by_family(const Settings& settings, std::string_view model) {
  for (const providers::Kind* kind : providers::kinds()) {
    if (!serves_family(*kind, model)) continue;
    if (const Provider* provider = find_provider(settings, kind->name)) {
      return {{.asked = {}, .provider = provider, .model = std::string(upstream_name(*provider->kind, model))}};
    }
  }
  return {};
}

std::vector<Target> find_unnamed(const Settings& settings, std::string_view target) {
  if (const Provider* echo = find_provider(settings, target); echo != nullptr && echo->kind->dialect == nullptr) {
    return {{.asked = {}, .provider = echo, .model = std::string(target)}};
  }
  if (const SplitTarget split = split_target(settings, target); !split.provider.empty()) {
    return find_at_provider(settings, split);
  }
  std::vector<Target> found = find_listed(settings, {}, target);
  return found.empty() ? find_by_family(settings, target) : found;
}

}  // namespace

const Provider* find_provider(const Settings& settings, std::string_view name) {
  for (const Provider& provider : settings.providers) {
    if (provider.name == name) return &provider;
  }
  return nullptr;
}

std::vector<TargetText> expand_alias(const Settings& settings, std::string_view name) {
  const auto alias = settings.aliases.find(name);
  if (alias == settings.aliases.end()) return {{.text = name, .alias = {}}};
  std::vector<TargetText> targets;
  for (const std::string_view part : split(alias->second, '|')) targets.push_back({part, alias->first});
  return targets;
}

SplitTarget split_target(const Settings& settings, std::string_view target) {
  const size_t slash = target.find('/');
  if (slash == target.npos || find_provider(settings, target.substr(0, slash)) == nullptr) return {{}, target};
  return {target.substr(0, slash), target.substr(slash + 1)};
}

std::vector<Target> find_target(const Settings& settings, std::string_view target) {
  std::vector<Target> found = find_unnamed(settings, target);
  for (Target& way : found) way.asked = target;
  return found;
}

}  // namespace onellm::routing
