// The room of all request bodies (session/room.h), and which of them may fill it.
//
// A body whose length is unknown takes room as it grows. If several grew at once and none could end, all of them would
// wait for each other. So one of them is the first: it may take all room that is left. The others take only what the
// first one can never need, and wait with the rest. When the first one is complete, or stands still, another is the
// first.
//
// Rule: small bodies never wait here; the room has a reserve for them. What they take of the first one's room, it may
// take of the reserve.
#pragma once

#include <algorithm>
#include <cstddef>

#include "base/limits.h"
#include "gateway/session/room.h"

namespace onellm::gateway {

class BodiesRoom {
 public:
  explicit BodiesRoom(size_t bytes_max) : room_(bytes_max) {}

  [[nodiscard]] Room& room() { return room_; }

  // Takes `bytes` more for a body that grows. Returns false if it has to wait. After the first call, call leave() when
  // the body is complete, or when nothing more of it is wanted.
  [[nodiscard]] bool grow(RoomShare& body, size_t bytes, double now_ms) {
    const size_t small_before = small_part(body.held());
    if (!take(body, bytes, now_ms)) return false;
    small_bytes_ += small_part(body.held()) - small_before;
    return true;
  }
  void leave(const RoomShare& body) {
    small_bytes_ -= std::min(small_bytes_, small_part(body.held()));
    if (first_ == &body) first_ = nullptr;
  }

 private:
  static constexpr size_t kReadBytesMax = kBodyBytesMaxCeiling + 1;  // One byte more shows that a body is too long.

  static size_t small_part(size_t bytes) { return std::min(bytes, kSmallBodyBytes); }

  bool take(RoomShare& body, size_t bytes, double now_ms) {
    if (body.held() + bytes <= kSmallBodyBytes) return body.grow(bytes);
    const bool stands_still = now_ms - first_seen_ms_ > kGrowingBodyIdleMs;
    if (first_ == nullptr || first_ == &body || stands_still) {
      first_ = &body;
      first_seen_ms_ = now_ms;
      return body.grow(bytes, small_bytes_);
    }
    const size_t needed_by_first = kReadBytesMax - std::min(first_->held(), kReadBytesMax);
    return room_.free_bytes() >= needed_by_first + bytes && body.grow(bytes);
  }

  Room room_;
  const RoomShare* first_ = nullptr;
  double first_seen_ms_ = 0;
  size_t small_bytes_ = 0;  // Of all that grow: of each, what a small body may have.
};

}  // namespace onellm::gateway
