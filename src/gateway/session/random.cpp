#include "gateway/session/random.h"

#include <bit>

namespace onellm::gateway {

Random::Random(const std::array<uint32_t, 4>& seed) : state_(seed) {
  if ((seed[0] | seed[1] | seed[2] | seed[3]) == 0) state_[0] = 1;  // A state of all zeros would never change.
}

// xoshiro128++ by Blackman and Vigna: https://prng.di.unimi.it/
uint32_t Random::next() {
  const uint32_t result = std::rotl(state_[0] + state_[3], 7) + state_[0];
  const uint32_t shifted = state_[1] << 9;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = std::rotl(state_[3], 11);
  return result;
}

std::string Random::id(std::string_view prefix) {
  static constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  static constexpr int kLetters = 24;
  std::array<char, kLetters> letters{};
  for (char& letter : letters) letter = kAlphabet[next() % kAlphabet.size()];
  return std::string(prefix).append(letters.data(), letters.size());
}

}  // namespace onellm::gateway
