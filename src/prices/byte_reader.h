// Reads the packed bytes of the price table.
//
// Rule: nothing is checked here, since the bytes come from our own build. tests/prices reads all of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace onellm::prices {

class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  [[nodiscard]] bool is_at_end() const { return rest_.empty(); }

  uint8_t byte() {
    const auto value = static_cast<uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return value;
  }

  // Reads an unsigned LEB128 number.
  int64_t number() {
    int64_t value = 0;
    for (int shift = 0;; shift += 7) {
      const uint8_t part = byte();
      value |= static_cast<int64_t>(part & 0x7F) << shift;
      if (part < 0x80) return value;
    }
  }

  std::string_view text(size_t bytes) {
    const std::string_view value = rest_.substr(0, bytes);
    rest_.remove_prefix(bytes);
    return value;
  }

 private:
  std::string_view rest_;
};

}  // namespace onellm::prices
