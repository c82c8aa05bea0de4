// Keys whose look-up was put off: the client was asked to come again. One that does is served before keys that nobody
// has seen (look_ups.h), so that a right key finds its way through a stream of wrong ones.
//
// Rule: memory is bounded. A key takes one of a few places that its hash chooses, and the newest key there pushes out
// the oldest: about kPutOffKeysMax keys are remembered.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace onellm::gateway {

inline constexpr size_t kPutOffKeysMax = 8'192;  // About so many are remembered,
inline constexpr double kPutOffKeyMs = 30'000;   // and for so long.

class PutOffKeys {
 public:
  // The look-up of the key with this hash is put off.
  void add(std::string_view hash, double now_ms);
  // The key was looked up.
  void remove(std::string_view hash);
  // True if the key was put off before, and its client has waited since then as it was asked to.
  [[nodiscard]] bool comes_again(std::string_view hash, double now_ms) const;
  // True if any key was put off lately.
  [[nodiscard]] bool any(double now_ms) const { return now_ms < last_ms_ + kPutOffKeyMs; }

 private:
  struct Place {
    uint64_t key = 0;  // A part of the hash; 0: the place is free.
    double since_ms = 0;
  };

  // The place of the key, or null.
  [[nodiscard]] const Place* find(uint64_t key, double now_ms) const;

  std::vector<Place> places_;  // Empty until the first key is put off.
  double last_ms_ = -kPutOffKeyMs;
};

}  // namespace onellm::gateway
