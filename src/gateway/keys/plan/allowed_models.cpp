#include "gateway/keys/plan/allowed_models.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "keys/models.h"

namespace onellm::gateway {

namespace {

constexpr size_t kQuotedBytesMax = 128;  // Part of a client's text that a message quotes.

bool may_use_aliases(keys::Patterns patterns, const routing::Settings& settings, std::string_view leg_name) {
  const std::vector<std::string_view> names = split(leg_name, '|');
  return std::all_of(names.begin(), names.end(), [&](std::string_view name) {
    return !settings.aliases.contains(name) || keys::may_use_alias(patterns, name);
  });
}

// A deployment counts as the models that settings list for it.
bool may_use_target(keys::Patterns patterns, const routing::Target& target) {
  const providers::Provider& provider = *target.provider;
  if (provider.kind->setup != providers::Setup::kResources) {
    return keys::may_use(patterns, provider.name, target.model);
  }
  return std::any_of(provider.models.begin(), provider.models.end(), [&](const providers::Model& model) {
    return model.upstream == target.model && keys::may_use(patterns, provider.name, model.name);
  });
}

bool may_use_leg(keys::Patterns patterns, const routing::Settings& settings, const routing::Leg& leg) {
  return may_use_aliases(patterns, settings, leg.name) &&
         std::all_of(leg.targets.begin(), leg.targets.end(),
                     [patterns](const routing::Target& target) { return may_use_target(patterns, target); });
}

}  // namespace

bool may_use(const Caller& caller, const routing::Settings& settings, std::string_view leg_name,
             const routing::Target& target) {
  if (!caller.is_limited_to_models()) return true;
  return may_use_aliases(caller.record->models, settings, leg_name) && may_use_target(caller.record->models, target);
}

Result<std::vector<routing::Leg>> resolve_allowed(const Context& context, std::string_view model) {
  const auto may_be_named = [&context](std::string_view id) { return may_see(context, id); };
  Result<std::vector<routing::Leg>> legs = routing::resolve_model(
      *context.settings, model, {.has_settings = context.caller.is_master, .may_be_named = may_be_named});
  if (!legs || !context.caller.is_limited_to_models()) return legs;
  for (const routing::Leg& leg : *legs) {
    if (!may_use_leg(context.caller.record->models, *context.settings, leg)) return model_not_allowed(leg.name);
  }
  return legs;
}

bool may_see(const Context& context, std::string_view name) {
  if (!context.caller.is_limited_to_models()) return true;
  Result<std::vector<routing::Leg>> legs = routing::resolve_model(*context.settings, name);
  if (!legs) return false;
  return std::all_of(legs->begin(), legs->end(), [&context](const routing::Leg& leg) {
    return may_use_leg(context.caller.record->models, *context.settings, leg);
  });
}

Error model_not_allowed(std::string_view leg_name) {
  const std::string_view quoted = utf8_prefix(leg_name, kQuotedBytesMax);
  return {.kind = ErrorKind::kModelNotAllowed,
          .message = "This key may not use the model \"" + std::string(quoted) + "\", or not all that it stands for.",
          .param = "model"};
}

}  // namespace onellm::gateway
