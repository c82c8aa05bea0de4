// simdjson has no kernel for WebAssembly, but Emscripten maps SSE4.2 onto WebAssembly's vectors, and so
// its kernel for SSE4.2 ("westmere") can be compiled. That kernel includes this header, here in place
// of the compiler's, and wants three things of it that Emscripten does not map. cmake/dependencies.cmake
// has the switches. Only simdjson sees this file.
#pragma once

#include <nmmintrin.h>
#include <stdint.h>

// The carry-less product with all ones, low half, is all that simdjson asks for: each bit becomes the
// parity of itself and those below it.
static inline __m128i onellm_prefix_xor(__m128i factor) {
  uint64_t bits = (uint64_t)_mm_cvtsi128_si64(factor);
  for (int shift = 1; shift < 64; shift *= 2) bits ^= bits << shift;
  return _mm_cvtsi64_si128((int64_t)bits);
}
#define _mm_clmulepi64_si128(factor, all_ones, halves) onellm_prefix_xor(factor)

#define _popcnt64(bits) __builtin_popcountll((uint64_t)(bits))

static inline uint64_t onellm_multiply(uint64_t a, uint64_t b, uint64_t* high) {
  const unsigned __int128 product = (unsigned __int128)a * b;
  *high = (uint64_t)(product >> 64);
  return (uint64_t)product;
}
#define _umul128(a, b, high) onellm_multiply(a, b, high)
