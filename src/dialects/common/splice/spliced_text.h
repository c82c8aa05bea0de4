// A text being written that refers to large slices of another text without copying them. So a request with megabytes
// of images is translated without a copy of the images.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/rope.h"

namespace onellm::dialects {

class SplicedText {
 public:
  // The text written so far; append to it.
  [[nodiscard]] std::string& text() { return text_; }

  // Appends `slice`. From kViewedBytesMin bytes on it is only viewed, and must outlive the result of finish().
  void append(std::string_view slice) {
    if (slice.size() < kViewedBytesMin) {
      text_ += slice;
    } else {
      splices_.emplace_back(text_.size(), slice);
    }
  }

  // Replaces each lone half of a surrogate pair by U+FFFD. Clients cut a text in the middle of an emoji, and some
  // providers refuse a body with such a half. Requires that the whole text is JSON.
  void replace_lone_surrogates();

  [[nodiscard]] Rope finish() {
    Rope out;
    size_t written = 0;
    for (const auto& [offset, slice] : splices_) {
      out.add_owned(text_.substr(written, offset - written));
      out.add_view(slice);
      written = offset;
    }
    out.add_owned(written == 0 ? std::move(text_) : text_.substr(written));
    return out;
  }

 private:
  static constexpr size_t kViewedBytesMin = 4096;

  std::string text_;
  std::vector<std::pair<size_t, std::string_view>> splices_;  // Offset in text_, and the slice.
};

}  // namespace onellm::dialects
