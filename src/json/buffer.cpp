#include "json/buffer.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace onellm::json {

Buffer::Buffer(Buffer&& other) noexcept
    : data_(std::move(other.data_)),
      size_(std::exchange(other.size_, 0)),
      capacity_(std::exchange(other.capacity_, 0)) {}

Buffer& Buffer::operator=(Buffer&& other) noexcept {
  data_ = std::move(other.data_);
  size_ = std::exchange(other.size_, 0);
  capacity_ = std::exchange(other.capacity_, 0);
  return *this;
}

void Buffer::assign(std::string_view text) {
  clear();
  append(text);
}

void Buffer::append(std::string_view text) {
  if (text.empty()) return;
  std::memcpy(extend(text.size()), text.data(), text.size());
}

void Buffer::reset() {
  data_.reset();
  size_ = 0;
  capacity_ = 0;
}

void Buffer::reserve(size_t bytes) {
  if (bytes <= capacity_) return;
  // Not zeroed: the caller of extend() writes every byte up to size().
  std::unique_ptr<char[]> grown(new char[bytes + kPaddingBytes]);
  if (size_ != 0) std::memcpy(grown.get(), data_.get(), size_);
  data_ = std::move(grown);
  capacity_ = bytes;
}

char* Buffer::extend(size_t bytes) {
  if (bytes == 0) return data_.get() + size_;  // There may be no memory yet.
  const size_t size = size_ + bytes;
  if (size > capacity_) reserve(std::max(size, capacity_ * 2));
  char* begin = data_.get() + size_;
  size_ = size;
  std::memset(data_.get() + size, 0, kPaddingBytes);
  return begin;
}

}  // namespace onellm::json
