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
  began_ms_ = progress_ms_ = now_ms;
  return true;
}

char* RequestBody::extend(size_t bytes) {
  const size_t size = buffer_.size() + bytes;
  refused_ = refused_ || !gateway_.admit_body(held_, size > held_ ? size - held_ : 0);
  if (refused_) return nullptr;
  held_ = std::max(held_, size);
  return buffer_.extend(bytes);
}

double RequestBody::wanted_by_ms() const {
  constexpr double kMsPerByte = 1000.0 / kBodyBytesPerSecondMin;
  const double bytes_ms = static_cast<double>(buffer_.size()) * kMsPerByte;
  return std::min(progress_ms_, began_ms_ + bytes_ms) + kBodyIdleTimeoutMs;
}

void RequestBody::release() {
  gateway_.release_body(std::exchange(held_, 0));
  buffer_.reset();
}

}  // namespace onellm::gateway
