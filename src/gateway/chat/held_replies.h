// Whole replies of several legs: each is kept until those of the others are there, so that memory has to be
// bounded for all of them together. A leg for whose reply there is no room fails, and the others go on.
//
// What is counted is the reply as it came, before it is decoded. It is given back when the request's answer is
// written, or with the request.
#pragma once

#include <optional>
#include <string>

#include "base/error.h"
#include "gateway/session/context.h"

namespace onellm::gateway {

// Counts a reply of `bytes` to the leg `name`, unless it is the only leg: its reply is gone as soon as it is
// read. What comes out says why there is no room: kUpstreamBadReply where the replies to this request are too
// large, kBusy where those to other requests are in the way.
[[nodiscard]] std::optional<Error> hold_reply(Context& context, const std::string& name, size_t bytes);

// What is wrong with a reply that is being read, where `bytes` have come of all that are, if these are already too much
// beside those that are kept for this request.
[[nodiscard]] std::optional<Error> too_large_beside_others(const Context& context, const std::string& name,
                                                           size_t bytes);

// The error of a leg that would hold more than there is memory for at this moment.
[[nodiscard]] Error no_memory(const std::string& name);

// Errors of a leg that would hold more than it may at any time. Their messages name the limit.
//
// All that the request holds, its other legs included, is more than one request may hold.
[[nodiscard]] Error request_too_large(const std::string& name);
// Its tool calls are over kHeldCallsBytesMax.
[[nodiscard]] Error calls_too_large(const std::string& name);
// What stands beside its tool calls is over kHeldCallExtrasBytesMax.
[[nodiscard]] Error signatures_too_large(const std::string& name);
// It said over kRacingLegBytesMax in a race that nobody has won.
[[nodiscard]] Error race_too_long(const std::string& name);

}  // namespace onellm::gateway
