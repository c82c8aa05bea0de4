// Why no usage can be shown.
#pragma once

#include <string_view>

#include "base/error.h"
#include "routing/settings/settings.h"

namespace onellm::gateway {

// kNotConfigured: usage is kept nowhere. The message says how to turn that on, and what is wrong in its settings.
[[nodiscard]] Error usage_not_kept(const routing::Settings& settings);

// `whose`: who did not answer.
[[nodiscard]] Error no_usage_answer(ErrorKind kind, const char* whose);

// The call of the ledger's object failed; `message` is what the runtime says of it. It is not shown.
[[nodiscard]] Error ledger_failure(std::string_view message);

}  // namespace onellm::gateway
