#include "gateway/chat/request/request_room.h"

#include "base/limits.h"

namespace onellm::gateway {

Fit take_room(RoomShare& room, const dialects::EncodedRequest& encoded) {
  const size_t bytes = encoded.body.memory_bytes();
  if (room.held() + bytes > kEncodedBytesMax) return Fit::kTooLarge;
  return room.grow(bytes) ? Fit::kFits : Fit::kBusy;
}

bool has_possible_size(const Context& context) { return Memory::can_ever_hold(context.memory_use->held_bytes()); }

}  // namespace onellm::gateway
