// Limits the memory for whole (not streamed) replies when a request has several legs. Each reply is kept until the
// others are complete, so one limit holds for all of them together. If there is no room for a leg's reply, that leg
// fails and the others go on.
//
// Rule: The bytes of the reply are counted as received, before decoding. They are released when the request's answer is
// written, or when the request ends.
#pragma once

#include <optional>
#include <string>

#include "base/error.h"
#include "gateway/session/context.h"

namespace onellm::gateway {

// Counts a reply of `bytes` bytes for the leg `name`. Does nothing for a single leg, since its reply is freed as soon
// as it is decoded. Returns an error if there is no room: kUpstreamBadReply if the replies to this request are too
// large, kBusy if the replies to other requests take the room.
[[nodiscard]] std::optional<Error> hold_reply(Context& context, const std::string& name, size_t bytes);

// Checks replies that are still being received. `bytes` is what has been received so far. Returns an error if that is
// already too much together with the replies that are kept for this request.
[[nodiscard]] std::optional<Error> too_large_beside_others(const Context& context, const std::string& name,
                                                           size_t bytes);

// The error of a leg when there is not enough memory at this moment.
[[nodiscard]] Error no_memory(const std::string& name);

// Errors of a leg that needs more than a fixed limit allows. The messages of the last three name the limit.
//
// The request, with all its legs, holds more than one request may hold.
[[nodiscard]] Error request_too_large(const std::string& name);
// Its tool calls are over kHeldCallsBytesMax.
[[nodiscard]] Error calls_too_large(const std::string& name);
// The data beside its tool calls (signatures) is over kHeldCallExtrasBytesMax.
[[nodiscard]] Error signatures_too_large(const std::string& name);
// It sent more than kRacingLegBytesMax in a race that no leg has won yet.
[[nodiscard]] Error race_too_long(const std::string& name);

}  // namespace onellm::gateway
