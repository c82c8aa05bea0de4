// The grammar of the `model` field, and what each name in it reaches.
//
//   legs      = leg *( "," leg )          several models at once
//   leg       = target *( "|" target )    fallbacks, tried in order
//   target    = [ provider "/" ] model    the first path segment counts only if it names a provider
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "providers/provider.h"
#include "routing/settings/settings.h"

namespace onellm::routing {

// One way to reach a model: tried as a whole, and the next one after it failed.
struct Target {
  std::string asked;  // The target as the client wrote it, `azure/gpt-4o`; of an alias, the alias's target.
  const providers::Provider* provider = nullptr;  // Lives as long as the settings.
  std::string model;                              // The provider's own name for it.
};

struct Leg {
  std::string name;             // The leg as asked, trimmed: what its chunks carry as `model`.
  std::vector<Target> targets;  // Never empty. Azure deployments on several resources are several.
};

// Errors: kBadRequest (param "model": empty leg, too many legs, too long), kModelNotFound (lists the
// nearest known names).
[[nodiscard]] Result<std::vector<Leg>> resolve_model(const Settings& settings, std::string_view model);

// A model that this deployment can reach, for GET /v1/models. `id` sent as `model` reaches it.
struct ListedModel {
  std::string id;
  std::string owned_by;  // The provider's name.
};

// Those known without asking anybody: echo, aliases, Azure deployments, the models of settings, and those
// built in of providers that have no list.
[[nodiscard]] std::vector<ListedModel> known_models(const Settings& settings);

// The id under which `model` of `provider` is listed: its own name where that resolves to it, else
// `provider/model`. Empty where the `model` field cannot hold it.
[[nodiscard]] std::string listed_id(const Settings& settings, const providers::Provider& provider,
                                    std::string_view model);

}  // namespace onellm::routing
