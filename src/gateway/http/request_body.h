// Receives the body of a client's request: is there room for it, and how long may it take?
//
// All bodies share one room, which is a limit of memory (session/room.h). A body that is not being read needs no memory
// here, so it may wait a while until others are done.
//
// Rule: A body that stops coming, or comes too slowly, must not keep its room. It is refused when nothing came for
// kBodyIdleTimeoutMs, or when it is that far behind kBodyBytesPerSecondMin.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "gateway/http/head.h"
#include "gateway/session/room.h"
#include "json/buffer.h"

namespace onellm::gateway {

// The format that the body is compressed in, by the name that kReadRequest has for it (session/protocol.h); empty: the
// body is not compressed. Nothing if it is a format that cannot be read.
// https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1
[[nodiscard]] std::optional<std::string_view> readable_coding(const Head& head);

class RequestBody {
 public:
  // `room` must outlive it.
  explicit RequestBody(Room& room) : share_(room) {}

  // A body of `declared` bytes will come; 0: its length is unknown.
  void expect(size_t declared, double now_ms);
  [[nodiscard]] size_t declared() const { return declared_; }
  // Takes room for the declared bytes. Returns false if there is no room now.
  [[nodiscard]] bool admit(double now_ms);
  // True if the body has waited for room as long as it may.
  [[nodiscard]] bool no_room_in_time(double now_ms) const { return now_ms >= room_wanted_by_ms_; }

  // Returns where to write the next `bytes` bytes. Null if there is no room for them; then all further bytes are
  // refused too.
  [[nodiscard]] char* extend(size_t bytes);
  [[nodiscard]] bool refused() const { return refused_; }
  void note_progress(double now_ms) { progress_ms_ = now_ms; }
  // The deadline for the next piece.
  [[nodiscard]] double wanted_by_ms() const;

  // What has been received, until release().
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
