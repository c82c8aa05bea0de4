// Masks text of clients and models for the log, if bodies are logged, and names that are always recorded.
#pragma once

#include <string>
#include <string_view>

#include "gateway/session/context.h"

namespace onellm::gateway {

// The beginning of `text`, without credentials of the gateway, of its providers and of this client, whole or in part,
// and without other text that looks like a credential.
[[nodiscard]] std::string masked_text(const Context& context, std::string_view text);

// A name that the client sent, or a provider repeats, cut to kModelNotedBytesMax, and without the gateway's key and the
// secret of any key that it handed out: people sometimes paste a key into a wrong field.
[[nodiscard]] std::string noted_name(const Context& context, std::string_view name);

}  // namespace onellm::gateway
