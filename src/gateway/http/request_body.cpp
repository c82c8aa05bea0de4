#include "gateway/http/request_body.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/limits.h"
#include "base/text.h"

namespace onellm::gateway {

std::optional<std::string_view> readable_coding(const Head& head) {
  const std::string coding = ascii_lower(trim(head.header("content-encoding")));
  if (coding.empty() || coding == "identity") return std::string_view();
  if (coding == "gzip" || coding == "x-gzip") return "gzip";
  if (coding == "deflate") return "deflate";
  return std::nullopt;
}

void RequestBody::expect(size_t declared, double now_ms) {
  declared_ = declared;
  room_wanted_by_ms_ = now_ms + kBodyRoomWaitMs;
}

bool RequestBody::admit(double now_ms) {
  if (!share_.grow(declared_)) return false;
  buffer_.reserve(declared_);
  began_ms_ = progress_ms_ = now_ms;
  return true;
}

char* RequestBody::extend(size_t bytes, double now_ms) {
  if (waits()) return nullptr;
  const size_t size = buffer_.size() + bytes;
  const size_t held = share_.held();
  if (size > held) {
    grows_ = true;
    if (!room_.grow(share_, size - held, now_ms)) return nullptr;
  }
  return buffer_.extend(bytes);
}

void RequestBody::hold(std::string piece, double now_ms) {
  held_ = std::move(piece);
  held_since_ms_ = now_ms;
  room_wanted_by_ms_ = now_ms + kBodyRoomWaitMs;
}

bool RequestBody::take_held(double now_ms) {
  std::string piece = std::exchange(held_, {});
  char* const at = extend(piece.size(), now_ms);
  if (at == nullptr) {
    held_ = std::move(piece);
    return false;
  }
  std::copy(piece.begin(), piece.end(), at);
  began_ms_ += now_ms - held_since_ms_;
  progress_ms_ = now_ms;
  return true;
}

double RequestBody::wanted_by_ms() const {
  constexpr double kMsPerByte = 1000.0 / kBodyBytesPerSecondMin;
  const double bytes_ms = static_cast<double>(buffer_.size()) * kMsPerByte;
  return std::min(progress_ms_, began_ms_ + bytes_ms) + kBodyIdleTimeoutMs;
}

void RequestBody::complete() {
  if (std::exchange(grows_, false)) room_.leave(share_);
}

void RequestBody::release() {
  complete();
  share_.give_back();
  held_ = {};
  buffer_.reset();
}

}  // namespace onellm::gateway
