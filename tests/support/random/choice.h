// Random choices for generators of tests. The same seed gives the same choices on every platform.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <random>
#include <string>
#include <string_view>

namespace onellm::test {

class RandomChoice {
 public:
  explicit RandomChoice(uint64_t seed) : engine_(seed) {}

  uint32_t below(uint32_t count) { return static_cast<uint32_t>(engine_() % count); }
  bool one_in(uint32_t count) { return below(count) == 0; }
  std::string_view pick(std::initializer_list<std::string_view> choices) {
    return choices.begin()[below(static_cast<uint32_t>(choices.size()))];
  }

  // A text that is not blank, without JSON's escapes.
  std::string words() {
    std::string out(pick({"a", "Some words ", "\"quoted\" ", "[]{}:,\\", "\xC3\xA9", "\xF0\x9F\x91\x80 "}));
    for (uint32_t i = below(4); i > 0; --i) {
      out +=
          pick({"b", "\n", "\t", "  ", "\\u00e9", "/", "\xE2\x80\xA8", std::string_view("\x01", 1), "longer words "});
    }
    return out;
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace onellm::test
