// Random numbers and ids of one session, from a seed that the shim supplies.
//
// Rule: The same seed gives the same numbers and ids.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace onellm::gateway {

class Random {
 public:
  explicit Random(const std::array<uint32_t, 4>& seed);

  uint32_t next();
  // `prefix` and 24 letters or digits.
  [[nodiscard]] std::string id(std::string_view prefix);

 private:
  std::array<uint32_t, 4> state_;
};

}  // namespace onellm::gateway
