// How the gateway reaches the objects that store keys (worker/objects): one registry of all records, and a limiter for
// each key with limits.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "gateway/session/context.h"

namespace onellm::gateway {

// Calls a method of the registry. Returns the id of the reply's event.
[[nodiscard]] uint32_t call_registry(Context& context, std::string_view method, std::string argument);
// The same for the limiter of a key. `key` is the key's id.
[[nodiscard]] uint32_t call_limiter(Context& context, std::string_view key, std::string_view method,
                                    std::string argument);

// The same, for a call that must arrive and whose answer nobody waits for: it is repeated if it fails.
void tell_limiter(Context& context, std::string_view key, std::string_view method, std::string argument);

// kNotConfigured if a binding of the objects is missing, as with an older wrangler.toml; the message has the lines to
// add. Nothing if both are there.
[[nodiscard]] std::optional<Error> missing_key_store(const routing::Settings& settings);

// Sends kKeyStoreUnavailable with a `retry-after`.
void refuse_key_store(Context& context);

}  // namespace onellm::gateway
