#include "gateway/keys/authentication/put_off_keys.h"

#include <algorithm>
#include <charconv>

namespace onellm::gateway {

namespace {

constexpr size_t kPlacesOfKey = 4;  // Of which each key takes one.
constexpr size_t kHexDigits = 16;

// Clients are asked to come again after a second. Some clocks are a little faster.
constexpr double kWaitedMs = 900;

uint64_t key_of(std::string_view hash) {
  const std::string_view digits = hash.substr(0, kHexDigits);
  uint64_t key = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), key, 16);
  return key | 1U;
}

size_t first_place(uint64_t key) { return key / 2 % (kPutOffKeysMax / kPlacesOfKey) * kPlacesOfKey; }

}  // namespace

const PutOffKeys::Place* PutOffKeys::find(uint64_t key, double now_ms) const {
  if (places_.empty()) return nullptr;
  const Place* const first = &places_[first_place(key)];
  const Place* const found =
      std::find_if(first, first + kPlacesOfKey, [key](const Place& place) { return place.key == key; });
  const bool is_known = found != first + kPlacesOfKey && now_ms < found->since_ms + kPutOffKeyMs;
  return is_known ? found : nullptr;
}

bool PutOffKeys::comes_again(std::string_view hash, double now_ms) const {
  const Place* const place = find(key_of(hash), now_ms);
  return place != nullptr && now_ms >= place->since_ms + kWaitedMs;
}

void PutOffKeys::add(std::string_view hash, double now_ms) {
  last_ms_ = now_ms;
  const uint64_t key = key_of(hash);
  if (find(key, now_ms) != nullptr) return;
  places_.resize(kPutOffKeysMax);
  Place* const first = &places_[first_place(key)];
  Place* const oldest = std::min_element(first, first + kPlacesOfKey,
                                         [](const Place& a, const Place& b) { return a.since_ms < b.since_ms; });
  *oldest = {.key = key, .since_ms = now_ms};
}

void PutOffKeys::remove(std::string_view hash) {
  if (places_.empty()) return;
  const uint64_t key = key_of(hash);
  Place* const first = &places_[first_place(key)];
  for (Place* place = first; place != first + kPlacesOfKey; ++place) {
    if (place->key == key) *place = {};
  }
}

}  // namespace onellm::gateway
