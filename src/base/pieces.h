// Collects a text that arrives in parts and may become large. It is kept in pieces of fixed size: growing copies
// nothing and allocates no more than needed. A string that doubles would leave gaps of many sizes in the heap.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace onellm {

class Pieces {
 public:
  static constexpr size_t kPieceBytes = 64 * 1024;

  void append(std::string_view text) {
    bytes_ += text.size();
    while (!text.empty()) {
      if (pieces_.empty() || pieces_.back().size() == kPieceBytes) pieces_.emplace_back();
      std::string& last = pieces_.back();
      const std::string_view fits = text.substr(0, kPieceBytes - last.size());
      if (pieces_.size() > 1) last.reserve(kPieceBytes);
      last += fits;
      text.remove_prefix(fits.size());
    }
  }

  [[nodiscard]] size_t bytes() const { return bytes_; }
  [[nodiscard]] bool empty() const { return bytes_ == 0; }

  // Moves the text to the end of `out`.
  void move_to(std::string& out) {
    if (out.empty() && pieces_.size() == 1) {
      out = std::move(pieces_[0]);
      return clear();
    }
    out.reserve(out.size() + bytes_);
    for (std::string& piece : pieces_) {
      out += piece;
      std::string().swap(piece);
    }
    clear();
  }

  // Frees the memory too.
  void clear() {
    std::vector<std::string>().swap(pieces_);
    bytes_ = 0;
  }

 private:
  std::vector<std::string> pieces_;
  size_t bytes_ = 0;
};

}  // namespace onellm
