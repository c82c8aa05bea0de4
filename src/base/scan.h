// Looks over long texts for the few bytes that matter, a block at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace onellm {

// Sixteen bytes at once, in the notation that GCC and Clang share: one vector register where the machine
// has them (WebAssembly built with -msimd128 does), plain words elsewhere.
using ByteLanes = char __attribute__((vector_size(16)));

inline constexpr size_t kScanLaneBytes = sizeof(ByteLanes);
inline constexpr size_t kScanBlockBytes = 4 * kScanLaneBytes;

template <typename Lanes>
[[nodiscard]] inline bool is_any_set(const Lanes& lanes) {
  uint64_t halves[2];
  static_assert(sizeof halves == sizeof lanes);
  std::memcpy(halves, &lanes, sizeof halves);
  return (halves[0] | halves[1]) != 0;
}

// True if `matters` holds of any of the kScanBlockBytes at `block`. It is called with ByteLanes and must
// have no branch: `[](auto c) { return (c == '\n') | (c == '\r'); }` serves for lanes and single bytes.
template <typename Predicate>
[[nodiscard]] inline bool any_in_block(const char* block, Predicate matters) {
  ByteLanes lanes[kScanBlockBytes / kScanLaneBytes];
  std::memcpy(lanes, block, sizeof lanes);
  return is_any_set(matters(lanes[0]) | matters(lanes[1]) | matters(lanes[2]) | matters(lanes[3]));
}

// The same for the first kScanLaneBytes only.
template <typename Predicate>
[[nodiscard]] inline bool any_in_lane(const char* lane, Predicate matters) {
  ByteLanes bytes;
  std::memcpy(&bytes, lane, sizeof bytes);
  return is_any_set(matters(bytes));
}

}  // namespace onellm
