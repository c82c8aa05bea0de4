#include "base/secrets/sha256.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace onellm {

namespace {

constexpr size_t kBlockBytes = 64;
constexpr size_t kLengthBytes = 8;
constexpr size_t kRounds = 64;

using Block = std::array<uint8_t, kBlockBytes>;
using State = std::array<uint32_t, 8>;

// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
constexpr std::array<uint32_t, kRounds> kConstants = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

// The same of the square roots of the first 8 primes.
constexpr State kStart = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                          0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

std::array<uint32_t, kRounds> schedule_of(const Block& block) {
  std::array<uint32_t, kRounds> words{};
  for (size_t i = 0; i < kBlockBytes; ++i) words[i / 4] = words[i / 4] << 8 | block[i];
  for (size_t i = 16; i < kRounds; ++i) {
    const uint32_t a = words[i - 15];
    const uint32_t b = words[i - 2];
    const uint32_t from_a = std::rotr(a, 7) ^ std::rotr(a, 18) ^ a >> 3;
    const uint32_t from_b = std::rotr(b, 17) ^ std::rotr(b, 19) ^ b >> 10;
    words[i] = words[i - 16] + from_a + words[i - 7] + from_b;
  }
  return words;
}

// The names a to h are those of the standard.
void take_block(State& state, const Block& block) {
  const std::array<uint32_t, kRounds> words = schedule_of(block);
  auto [a, b, c, d, e, f, g, h] = state;
  for (size_t i = 0; i < kRounds; ++i) {
    const uint32_t sum_e = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
    const uint32_t choice = (e & f) ^ (~e & g);
    const uint32_t first = h + sum_e + choice + kConstants[i] + words[i];
    const uint32_t sum_a = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
    const uint32_t majority = (a & b) ^ (a & c) ^ (b & c);
    h = g;
    g = f;
    f = e;
    e = d + first;
    d = c;
    c = b;
    b = a;
    a = first + sum_a + majority;
  }
  const State added = {a, b, c, d, e, f, g, h};
  for (size_t i = 0; i < state.size(); ++i) state[i] += added[i];
}

std::string hex_of(const State& state) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  out.reserve(state.size() * 8);
  for (const uint32_t word : state) {
    for (int shift = 28; shift >= 0; shift -= 4) out += kDigits[word >> shift & 0xF];
  }
  return out;
}

}  // namespace

// The text is followed by a bit 1, zeros, and its length in bits: so many that the last block is full.
std::string sha256_hex(std::string_view text) {
  State state = kStart;
  const uint64_t bits = uint64_t{text.size()} * 8;
  bool is_marked = false;
  for (bool is_last = false; !is_last;) {
    Block block{};
    const size_t taken = text.copy(reinterpret_cast<char*>(block.data()), kBlockBytes);
    text.remove_prefix(taken);
    size_t used = taken;
    if (used < kBlockBytes && !is_marked) {
      block[used++] = 0x80;
      is_marked = true;
    }
    is_last = is_marked && used <= kBlockBytes - kLengthBytes;
    for (size_t i = 0; is_last && i < kLengthBytes; ++i) {
      block[kBlockBytes - 1 - i] = static_cast<uint8_t>(bits >> 8 * i);
    }
    take_block(state, block);
  }
  return hex_of(state);
}

}  // namespace onellm
