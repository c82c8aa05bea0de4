// The body of a client's request on its way in: whether there is room for it, and how long it may take.
//
// Bodies in flight share a room of the gateway's (room.h). One that is not read takes no
// memory here, so it may wait a while for others to be done; one that stopped coming must not keep its room,
// nor one that trickles: what lags behind kBodyBytesPerSecondMin for kBodyIdleTimeoutMs is given up.
#pragma once

#include <cstddef>

#include "gateway/session/room.h"
#include "json/buffer.h"

namespace onellm::gateway {

class RequestBody {
 public:
  // `room` must outlive it.
  explicit RequestBody(Room& room) : share_(room) {}

  // A body of so many bytes is to come; 0: nobody said how many.
  void expect(size_t declared, double now_ms);
  [[nodiscard]] size_t declared() const { return declared_; }
  // Takes room for what was declared. False: there is none now.
  [[nodiscard]] bool admit(double now_ms);
  // True where room was waited for long enough.
  [[nodiscard]] bool no_room_in_time(double now_ms) const { return now_ms >= room_wanted_by_ms_; }

  // Where its next `bytes` are to be written; null: they have no room, and neither has anything after them.
  [[nodiscard]] char* extend(size_t bytes);
  [[nodiscard]] bool refused() const { return refused_; }
  void note_progress(double now_ms) { progress_ms_ = now_ms; }
  // When the next piece has to be there.
  [[nodiscard]] double wanted_by_ms() const;

  // What came of it, until release().
  [[nodiscard]] const json::Buffer& buffer() const { return buffer_; }
  void release();

 private:
  RoomShare share_;
  json::Buffer buffer_;
  size_t declared_ = 0;
  double room_wanted_by_ms_ = 0;
  double began_ms_ = 0;
  double progress_ms_ = 0;  // When its last piece came.
  bool refused_ = false;
};

}  // namespace onellm::gateway
