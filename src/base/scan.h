// Searches long texts for a few kinds of bytes, one block at a time.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace onellm {

// Sixteen bytes at once, in the notation of GCC and Clang: one vector register where the machine has them (WebAssembly
// built with -msimd128 does), plain words elsewhere.
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

// True if `matters` is true for any of the kScanBlockBytes at `block`. It is called with ByteLanes and must have no
// branch: `[](auto c) { return (c == '\n') | (c == '\r'); }` works for lanes and for single bytes.
template <typename Predicate>
[[nodiscard]] inline bool any_in_block(const char* block, Predicate matters) {
  ByteLanes lanes[kScanBlockBytes / kScanLaneBytes];
  std::memcpy(lanes, block, sizeof lanes);
  return is_any_set(matters(lanes[0]) | matters(lanes[1]) | matters(lanes[2]) | matters(lanes[3]));
}

// The index of the first of the kScanLaneBytes at `lane` for which `matters` is true; kScanLaneBytes if there is none.
template <typename Predicate>
[[nodiscard]] inline size_t first_in_lane(const char* lane, Predicate matters) {
  static_assert(std::endian::native == std::endian::little, "the lowest byte of a word must be its first");
  ByteLanes bytes;
  std::memcpy(&bytes, lane, sizeof bytes);
  const auto found = matters(bytes);
  uint64_t halves[2];
  std::memcpy(halves, &found, sizeof halves);
  if (halves[0] != 0) return static_cast<size_t>(std::countr_zero(halves[0])) / 8;
  if (halves[1] != 0) return sizeof halves[0] + static_cast<size_t>(std::countr_zero(halves[1])) / 8;
  return kScanLaneBytes;
}

// The offset of the first byte at or after `from` for which `matters` is true; the size of the text if there is none.
template <typename Predicate>
[[nodiscard]] inline size_t find_first(std::string_view text, size_t from, Predicate matters) {
  while (text.size() - from >= kScanBlockBytes && !any_in_block(text.data() + from, matters)) from += kScanBlockBytes;
  for (; text.size() - from >= kScanLaneBytes; from += kScanLaneBytes) {
    const size_t at = first_in_lane(text.data() + from, matters);
    if (at < kScanLaneBytes) return from + at;
  }
  while (from < text.size() && !matters(text[from])) ++from;
  return from;
}

// Whether the text contains a word of two bytes or more. It costs three loads for sixteen places, as long as the
// word's first, second and last byte rarely occur together. find() stops at each first byte of the word; a quote is
// every eighth byte of JSON.
[[nodiscard]] inline bool has_word(std::string_view text, std::string_view word) {
  const size_t last = word.size() - 1;
  size_t from = 0;
  for (; text.size() - from >= kScanLaneBytes + last; from += kScanLaneBytes) {
    ByteLanes lanes[3];
    std::memcpy(&lanes[0], text.data() + from, kScanLaneBytes);
    std::memcpy(&lanes[1], text.data() + from + 1, kScanLaneBytes);
    std::memcpy(&lanes[2], text.data() + from + last, kScanLaneBytes);
    if (!is_any_set((lanes[0] == word.front()) & (lanes[1] == word[1]) & (lanes[2] == word.back()))) continue;
    if (text.substr(from, kScanLaneBytes + last).find(word) != text.npos) return true;
  }
  return text.substr(from).find(word) != text.npos;
}

// Whether both texts are the same. Compares lane by lane: memcmp in WebAssembly compares byte by byte.
[[nodiscard]] inline bool is_same(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  size_t from = 0;
  for (; a.size() - from >= kScanLaneBytes; from += kScanLaneBytes) {
    ByteLanes lanes[2];
    std::memcpy(&lanes[0], a.data() + from, kScanLaneBytes);
    std::memcpy(&lanes[1], b.data() + from, kScanLaneBytes);
    if (is_any_set(lanes[0] ^ lanes[1])) return false;
  }
  return a.substr(from) == b.substr(from);
}

}  // namespace onellm
