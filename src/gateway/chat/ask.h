// What a planned chat request asks of the limiter of its key.
#pragma once

#include <cstdint>
#include <optional>

#include "base/error.h"
#include "base/result.h"
#include "gateway/chat/plan.h"
#include "gateway/session/context.h"
#include "keys/limiter/ask.h"

namespace onellm::gateway {

// Reads from the encoded requests what they may cost (Attempt::cost). Requires a caller with limits. Errors:
// kModelNotAllowed, kModelNotPriced, kBadRequest; kBusy if there is no memory for it now.
[[nodiscard]] Result<keys::Ask> make_ask(const Context& context, ChatPlan& plan);

// The request was admitted: notes what each call may use (Attempt::reserve). If `chosen` is set, the limiter chose the
// output limit of each answer, and all requests are encoded anew with it. Returns an error if that is not possible.
[[nodiscard]] std::optional<Error> take_reservation(const Context& context, ChatPlan& plan,
                                                    std::optional<int64_t> chosen);

// True if a further paid call of the caller must be admitted.
[[nodiscard]] bool is_further_asked(const Caller& caller);
// The ask for such a call, which may use so much.
[[nodiscard]] keys::Ask further_ask(const Reserve& reserve);

}  // namespace onellm::gateway
