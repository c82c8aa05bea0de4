// The models that are known without a request to a provider: implements known_models() of model_spec.h.
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/text.h"
#include "routing/lookup.h"
#include "routing/model_spec.h"
#include "routing/settings/providers.h"

namespace onellm::routing {

namespace {

using providers::Provider;

// The provider's own name for a model that clients know as `model`.
std::string_view name_at(const Provider& provider, std::string_view model) {
  for (const providers::Model& listed : provider.models) {
    if (listed.name == model) return listed.upstream;
  }
  return upstream_name(*provider.kind, model);
}

// The first target of a name. Its provider is null if the name, or a part of its alias, has no target.
Target first_target(const Settings& settings, std::string_view name) {
  Target first;
  for (const TargetText& part : expand_alias(settings, name)) {
    std::vector<Target> found = find_target(settings, part.text);
    if (found.empty()) return {};
    if (first.provider == nullptr) first = std::move(found.front());
  }
  return first;
}

// False for names that the grammar of the `model` field would change: it splits names at some characters and trims
// them.
bool can_be_asked_for(std::string_view model) {
  return is_model_name(model) && trim(model) == model && model.size() <= kModelBytesMax / 2;
}

// Collects ids, each once.
class Listing {
 public:
  void add(std::string id, std::string_view owned_by) {
    if (ids_.insert(id).second) models_.push_back({std::move(id), std::string(owned_by)});
  }
  [[nodiscard]] std::vector<ListedModel> take() { return std::move(models_); }

 private:
  std::set<std::string> ids_;
  std::vector<ListedModel> models_;
};

}  // namespace

std::string listed_id(const Settings& settings, const Provider& provider, std::string_view model) {
  if (!can_be_asked_for(model)) return {};
  const Target first = first_target(settings, model);
  const bool leads_here =
      first.provider != nullptr && first.provider->name == provider.name && first.model == name_at(provider, model);
  return leads_here ? std::string(model) : provider.name + "/" + std::string(model);
}

std::vector<ListedModel> known_models(const Settings& settings) {
  Listing listing;
  for (const Provider& provider : settings.providers) {
    if (provider.kind->dialect == nullptr) listing.add(provider.name, provider.name);
  }
  for (const auto& [alias, leg] : settings.aliases) {
    const Target first = first_target(settings, alias);
    if (first.provider != nullptr) listing.add(alias, first.provider->name);
  }
  for (const Provider& provider : settings.providers) {
    for (const providers::Model& model : provider.models) {
      listing.add(listed_id(settings, provider, model.name), provider.name);
    }
    if (provider.kind->models_endpoint != nullptr) continue;
    for (const std::string_view model : provider.kind->builtin_models) {
      listing.add(listed_id(settings, provider, model), provider.name);
    }
  }
  return listing.take();
}

}  // namespace onellm::routing
