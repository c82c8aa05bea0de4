// Memory that all sessions of an instance share the use of: whoever wants bytes of it asks first. Small ones
// may use a reserve beyond what large ones can take, so that a few of those never keep everybody else out.
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/limits.h"

namespace onellm::gateway {

class Room {
 public:
  // `bytes_max` without the reserve.
  explicit Room(size_t bytes_max) : bytes_max_(bytes_max) {}
  Room(const Room&) = delete;
  Room& operator=(const Room&) = delete;

  // For one that holds `held` bytes already. False: there is no room now.
  [[nodiscard]] bool take(size_t held, size_t bytes) {
    const bool is_small = held + bytes <= kSmallBodyBytes;
    if (used_ + bytes > bytes_max_ + (is_small ? kSmallBodiesReserveBytes : 0)) return false;
    used_ += bytes;
    return true;
  }
  void give_back(size_t held) { used_ -= std::min(held, used_); }

 private:
  const size_t bytes_max_;
  size_t used_ = 0;
};

// What one request holds of a room, given back with it.
class RoomShare {
 public:
  // `room` must outlive it.
  explicit RoomShare(Room& room) : room_(&room) {}
  RoomShare(const RoomShare&) = delete;
  RoomShare& operator=(const RoomShare&) = delete;
  ~RoomShare() { give_back(); }

  [[nodiscard]] bool grow(size_t bytes) { return take(held_, bytes); }
  // The same for what is large or small by itself, and not with all that is held.
  [[nodiscard]] bool grow_by_one(size_t bytes) { return take(0, bytes); }
  void give_back() { room_->give_back(std::exchange(held_, 0)); }
  [[nodiscard]] size_t held() const { return held_; }

 private:
  bool take(size_t beside, size_t bytes) {
    if (!room_->take(beside, bytes)) return false;
    held_ += bytes;
    return true;
  }

  Room* room_;
  size_t held_ = 0;
};

}  // namespace onellm::gateway
