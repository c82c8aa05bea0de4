// A text that is being written, with large slices of somebody else's text in it: the slices are not
// copied. A request with megabytes of images is translated without moving them.
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
  // What is being written; append to it.
  [[nodiscard]] std::string& text() { return text_; }

  // Puts `slice` at the end. A large one is only viewed, and must outlive the result of finish().
  void append(std::string_view slice) {
    if (slice.size() < kViewedBytesMin) {
      text_ += slice;
    } else {
      splices_.emplace_back(text_.size(), slice);
    }
  }

  // Puts U+FFFD in place of each half of a surrogate pair, for providers that refuse a body with one: clients cut a
  // text in the middle of an emoji. Requires that the whole is JSON.
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
  std::vector<std::pair<size_t, std::string_view>> splices_;  // Where in text_, and what.
};

}  // namespace onellm::dialects
