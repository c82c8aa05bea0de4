#include "gateway/request_body.h"

#include <algorithm>
#include <utility>

#include "base/limits.h"

namespace onellm::gateway {

void RequestBody::expect(size_t declared, double now_ms) {
  declared_ = declared;
  room_wanted_by_ms_ = now_ms + kBodyRoomWaitMs;
}

bool RequestBody::admit(double now_ms) {
  if (!gateway_.admit_body(0, declared_)) return false;
  held_ = declared_;
  buffer_.reserve(declared_);
  note_progress(now_ms);
  return true;
}

char* RequestBody::extend(size_t bytes) {
  const size_t size = buffer_.size() + bytes;
  refused_ = refused_ || !gateway_.admit_body(held_, size > held_ ? size - held_ : 0);
  if (refused_) return nullptr;
  held_ = std::max(held_, size);
  return buffer_.extend(bytes);
}

void RequestBody::note_progress(double now_ms) { wanted_by_ms_ = now_ms + kBodyIdleTimeoutMs; }

void RequestBody::release() {
  gateway_.release_body(std::exchange(held_, 0));
  buffer_.reset();
}

}  // namespace onellm::gateway
