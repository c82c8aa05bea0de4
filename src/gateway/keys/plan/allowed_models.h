// Which models the caller's key may use (keys/models.h). Every way that a name may take is checked: each leg, each of
// its fallbacks, and what an alias stands for.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "gateway/keys/caller.h"
#include "gateway/session/context.h"
#include "routing/model_spec.h"

namespace onellm::gateway {

// True if the key may use all targets of the leg, and the aliases by which it names them.
[[nodiscard]] bool may_use(const Caller& caller, const routing::Settings& settings, std::string_view leg_name,
                           const routing::Target& target);

// The targets of a model field, if the caller may use all of them. Errors: as routing::resolve_model(), and
// kModelNotAllowed.
[[nodiscard]] Result<std::vector<routing::Leg>> resolve_allowed(const Context& context, std::string_view model);

// True if the caller may use the one model that this name means, or names several.
[[nodiscard]] bool may_see(const Context& context, std::string_view name);

// The refusal of a leg of this name.
[[nodiscard]] Error model_not_allowed(std::string_view leg_name);

}  // namespace onellm::gateway
