// Limits of memory for one request while it is prepared: decoded, and encoded for all its targets.
#pragma once

#include <cstdint>

#include "dialects/dialect.h"
#include "gateway/session/context.h"
#include "gateway/session/room.h"

namespace onellm::gateway {

enum class Fit : uint8_t {
  kFits,
  kTooLarge,  // More than one request may ever have: a retry would not help.
  kBusy,      // Other requests have the memory now.
};

// Takes room for an encoded request. Each may be as large as the body, so a short `a|b|c,…` could otherwise take all of
// the memory.
[[nodiscard]] Fit take_room(RoomShare& room, const dialects::EncodedRequest& encoded);

// False if the request holds more than any request may hold. A decoded request can be many times as large as its bytes,
// because each message has its own object, also in each encoded request.
[[nodiscard]] bool has_possible_size(const Context& context);

}  // namespace onellm::gateway
