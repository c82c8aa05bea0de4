// Reads the `model` field, and finds the targets of each name in it.
//
//   legs      = leg *( "," leg )          several models at once
//   leg       = target *( "|" target )    fallbacks, tried in order
//   target    = [ provider "/" ] model    the first path segment counts only if it names a provider
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/function_ref.h"
#include "base/result.h"
#include "providers/provider.h"
#include "routing/settings/settings.h"

namespace onellm::routing {

// One way to reach a model. If it fails, the next target of the leg is tried.
struct Target {
  std::string asked;  // The target as the client wrote it, `azure/gpt-4o`. For an alias: the target in the alias.
  const providers::Provider* provider = nullptr;  // Valid as long as the settings.
  std::string model;                              // The provider's name for the model.
};

// One of the models that a request asks for, with its fallbacks.
struct Leg {
  std::string name;             // The leg as the client wrote it, trimmed. It is the `model` of its chunks.
  std::vector<Target> targets;  // Never empty. A deployment on several resources of Azure gives several targets.
};

// What the refusal of an unknown name may say to this client.
struct Hints {
  bool has_settings = true;                             // Which setting would make the model available.
  FunctionRef<bool(std::string_view id)> may_be_named;  // Of known models.
};

// Errors: kBadRequest (param "model": empty leg, too many legs, too many targets, too long, control character),
// kModelNotFound (its message has the nearest known names). Without hints there are no limits to what it says.
[[nodiscard]] Result<std::vector<Leg>> resolve_model(const Settings& settings, std::string_view model);
[[nodiscard]] Result<std::vector<Leg>> resolve_model(const Settings& settings, std::string_view model,
                                                     const Hints& hints);

// A model that this deployment can reach, for GET /v1/models. A request with `id` as its `model` reaches it.
struct ListedModel {
  std::string id;
  std::string owned_by;  // The provider's name.
};

// The models that are known without a request to a provider: echo, aliases, Azure deployments, models in settings, and
// the built-in models of providers that have no list.
[[nodiscard]] std::vector<ListedModel> known_models(const Settings& settings);

// The id under which `model` of `provider` is listed: its own name if that resolves to this provider, else
// `provider/model`. Empty if the `model` field cannot hold the name.
[[nodiscard]] std::string listed_id(const Settings& settings, const providers::Provider& provider,
                                    std::string_view model);

}  // namespace onellm::routing
