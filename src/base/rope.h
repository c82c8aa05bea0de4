// Rope: a text in pieces. Most pieces are views into a buffer that the caller keeps; a few are owned by the rope.
// So a request body of megabytes with three changed bytes is sent without a copy in the core.
#pragma once

#include <cstddef>
#include <forward_list>
#include <string>
#include <string_view>
#include <vector>

namespace onellm {

class Rope {
 public:
  // `piece` must outlive the rope.
  void add_view(std::string_view piece) {
    if (piece.empty()) return;
    pieces_.push_back(piece);
    bytes_ += piece.size();
  }
  void add_owned(std::string piece) {
    owned_bytes_ += piece.size();
    owned_.push_front(std::move(piece));
    add_view(owned_.front());
  }

  // Keeps alive what `other` owns, so that views into it may be added.
  void keep(Rope other) {
    owned_bytes_ += other.owned_bytes_;
    owned_.splice_after(owned_.before_begin(), other.owned_);
  }

  // Removes the last bytes of the text. Requires that it has so many.
  void cut_end(size_t bytes) {
    bytes_ -= bytes;
    while (bytes > 0 && bytes >= pieces_.back().size()) {
      bytes -= pieces_.back().size();
      pieces_.pop_back();
    }
    if (bytes > 0) pieces_.back().remove_suffix(bytes);
  }

  // Valid as long as the rope, also after the rope is moved, and as long as the buffers behind its views.
  [[nodiscard]] const std::vector<std::string_view>& pieces() const { return pieces_; }
  [[nodiscard]] size_t bytes() const { return bytes_; }
  // The memory of the rope itself, without the buffers that its views point to.
  [[nodiscard]] size_t memory_bytes() const { return owned_bytes_ + pieces_.size() * sizeof(std::string_view); }
  [[nodiscard]] std::string flat() const {
    std::string out;
    out.reserve(bytes_);
    for (const std::string_view piece : pieces_) out += piece;
    return out;
  }

  Rope() = default;
  Rope(Rope&&) = default;
  Rope& operator=(Rope&&) = default;
  Rope(const Rope&) = delete;
  Rope& operator=(const Rope&) = delete;
  ~Rope() = default;

 private:
  std::vector<std::string_view> pieces_;
  std::forward_list<std::string> owned_;  // A list: growing it moves no string that a view points into.
  size_t bytes_ = 0;
  size_t owned_bytes_ = 0;
};

}  // namespace onellm
