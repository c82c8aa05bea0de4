// Which models a key may use, by its patterns.
//
// A pattern with `/` is compared with `provider/model`, one without with the model at any provider. Both letter for
// letter; a `*` at the end stands for any rest. No patterns: every model is allowed.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace onellm::keys {

using Patterns = std::span<const std::string>;

// `model` is the provider's name for the model (of an Azure deployment: its model), `claude-2.0` for `claude-2`.
[[nodiscard]] bool may_use(Patterns patterns, std::string_view provider, std::string_view model);

// An alias needs a pattern of its own name. Its targets are to be checked besides, each with may_use().
[[nodiscard]] bool may_use_alias(Patterns patterns, std::string_view alias);

}  // namespace onellm::keys
