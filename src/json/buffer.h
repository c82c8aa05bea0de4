// Buffer: a text for the JSON reader. The reader works on blocks of 64 bytes, so readable padding follows the text.
//
// Rule: views into the buffer are valid until it is changed or moved.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

namespace onellm::json {

inline constexpr size_t kPaddingBytes = 64;

class Buffer {
 public:
  Buffer() = default;
  explicit Buffer(std::string_view text) { assign(text); }
  Buffer(Buffer&&) noexcept;
  Buffer& operator=(Buffer&&) noexcept;
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  ~Buffer() = default;

  void assign(std::string_view text);
  void append(std::string_view text);
  void clear() { size_ = 0; }
  // Frees the memory too.
  void reset();
  void reserve(size_t bytes);
  // Makes the text `bytes` longer and returns where the caller must write them. May move the text; call reserve()
  // first to avoid that.
  [[nodiscard]] char* extend(size_t bytes);

  [[nodiscard]] std::string_view text() const { return {data_.get(), size_}; }
  [[nodiscard]] size_t size() const { return size_; }
  [[nodiscard]] size_t capacity() const { return capacity_; }

 private:
  std::unique_ptr<char[]> data_;  // capacity_ + kPaddingBytes bytes. The padding is zeros.
  size_t size_ = 0;
  size_t capacity_ = 0;
};

}  // namespace onellm::json
