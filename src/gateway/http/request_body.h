// Receives the body of a client's request: is there room for it, and how long may it take?
//
// All bodies share one room, which is a limit of memory (bodies_room.h). A body that is not being read needs no memory
// here, so it may wait a while until others are done. One whose length was unknown may also wait in its middle.
//
// Rule: A body that stops coming, or comes too slowly, must not keep its room. It is refused when nothing came for
// kBodyIdleTimeoutMs, or when it is that far behind kBodyBytesPerSecondMin.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/http/bodies_room.h"
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
  explicit RequestBody(BodiesRoom& room) : room_(room), share_(room.room()) {}
  RequestBody(const RequestBody&) = delete;
  RequestBody& operator=(const RequestBody&) = delete;
  ~RequestBody() { release(); }

  // A body of `declared` bytes will come; 0: its length is unknown.
  void expect(size_t declared, double now_ms);
  [[nodiscard]] size_t declared() const { return declared_; }
  // Takes room for the declared bytes. Returns false if there is no room now.
  [[nodiscard]] bool admit(double now_ms);
  // True if the body has waited for room as long as it may.
  [[nodiscard]] bool no_room_in_time(double now_ms) const { return now_ms >= room_wanted_by_ms_; }

  // Returns where to write the next `bytes` bytes. Null if there is no room for them now: give them to hold().
  [[nodiscard]] char* extend(size_t bytes, double now_ms);
  // Holds a piece until there is room for it. No further piece may come until then.
  void hold(std::string piece, double now_ms);
  [[nodiscard]] bool waits() const { return !held_.empty(); }
  // Takes the piece that is held. Returns false if there is still no room for it.
  [[nodiscard]] bool take_held(double now_ms);

  void note_progress(double now_ms) { progress_ms_ = now_ms; }
  // The deadline for the next piece.
  [[nodiscard]] double wanted_by_ms() const;

  // What has been received, until release().
  [[nodiscard]] const json::Buffer& buffer() const { return buffer_; }
  // All of it was received.
  void complete();
  void release();

 private:
  BodiesRoom& room_;
  RoomShare share_;
  json::Buffer buffer_;
  std::string held_;  // A piece for which there is no room yet.
  size_t declared_ = 0;
  double room_wanted_by_ms_ = 0;
  double began_ms_ = 0;     // Later by the time that it waited in its middle.
  double progress_ms_ = 0;  // When its last piece came.
  double held_since_ms_ = 0;
  bool grows_ = false;  // It has taken room as it grew, and is not complete.
};

}  // namespace onellm::gateway
