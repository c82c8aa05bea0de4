// A room: a limit of memory that all sessions of an instance share. Take bytes from it before you allocate them.
//
// Rule: Small requests may also use a reserve, so that a few large ones never stop all others.
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/limits.h"

namespace onellm::gateway {

class Room {
 public:
  // `bytes_max` does not include the reserve.
  explicit Room(size_t bytes_max) : bytes_max_(bytes_max) {}
  Room(const Room&) = delete;
  Room& operator=(const Room&) = delete;

  // Takes `bytes` for a request that already holds `held` bytes. Returns false if there is no room now. `of_reserve`:
  // what it may take of the reserve although it is not small.
  [[nodiscard]] bool take(size_t held, size_t bytes, size_t of_reserve) {
    const bool is_small = held + bytes <= kSmallBodyBytes;
    const size_t reserve = is_small ? kSmallBodiesReserveBytes : std::min(of_reserve, kSmallBodiesReserveBytes);
    if (used_ + bytes > bytes_max_ + reserve) return false;
    used_ += bytes;
    return true;
  }
  void give_back(size_t held) { used_ -= std::min(held, used_); }
  // Without the reserve.
  [[nodiscard]] size_t free_bytes() const { return bytes_max_ - std::min(used_, bytes_max_); }

 private:
  const size_t bytes_max_;
  size_t used_ = 0;
};

// What one request holds of a room. The destructor gives it back.
class RoomShare {
 public:
  // `room` must outlive it.
  explicit RoomShare(Room& room) : room_(&room) {}
  RoomShare(const RoomShare&) = delete;
  RoomShare& operator=(const RoomShare&) = delete;
  ~RoomShare() { give_back(); }

  [[nodiscard]] bool grow(size_t bytes, size_t of_reserve = 0) { return take(held_, bytes, of_reserve); }
  // Like grow(), but `bytes` alone decides whether it is small, not everything that is held.
  [[nodiscard]] bool grow_by_one(size_t bytes) { return take(0, bytes, 0); }
  void give_back() { room_->give_back(std::exchange(held_, 0)); }
  [[nodiscard]] size_t held() const { return held_; }

 private:
  bool take(size_t beside, size_t bytes, size_t of_reserve) {
    if (!room_->take(beside, bytes, of_reserve)) return false;
    held_ += bytes;
    return true;
  }

  Room* room_;
  size_t held_ = 0;
};

}  // namespace onellm::gateway
