// What a leg needs around its call of an upstream: the head that is sent, and the errors that come back.
#pragma once

#include <cstdint>
#include <string>

#include "base/error.h"
#include "dialects/dialect.h"
#include "gateway/context.h"
#include "routing/model_spec.h"

namespace onellm::gateway {

// The head of the request: where it goes, its credential, what its body needs, and the headers of the
// client that this provider knows.
[[nodiscard]] std::string upstream_head(const routing::Target& target, const dialects::EncodedRequest& encoded,
                                        bool stream, const Context& context);

// True of errors that another target may not share. What the client did wrong, or may not do, stays.
[[nodiscard]] bool may_fall_back(const Error& error);

// A provider's words without its credentials: they quote them at times.
[[nodiscard]] Error redacted(Error error, const providers::Provider& provider);

// `what` did not come within `timeout_ms`, which `setting` can change.
[[nodiscard]] Error timed_out(const std::string& leg, const char* what, uint32_t timeout_ms, const char* setting);

}  // namespace onellm::gateway
