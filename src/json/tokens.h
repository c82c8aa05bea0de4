// Finds where the tokens of a JSON text begin, with the first stage of simdjson. No other file of the core uses
// simdjson. https://arxiv.org/abs/1902.08318
//
// That stage finds the strings, checks that they are UTF-8 without control characters, and records the offset of each
// brace, bracket, comma, colon, opening quote, and of the first byte of anything else. So a token ends where the next
// one begins, without the white space between them. The other interfaces of simdjson do not fit: the DOM copies
// everything, and on-demand does not check values that its caller skips.
//
// Rule: escapes, numbers, literals and structure are not checked here. The code that walks the tokens must do that.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "json/buffer.h"
#include "json/grammar.h"

namespace simdjson::internal {
class dom_parser_implementation;
}

namespace onellm::json {

class Tokens {
 public:
  Tokens();
  Tokens(const Tokens&) = delete;
  Tokens& operator=(const Tokens&) = delete;
  ~Tokens();

  // Finds the tokens of `text`, which must stay unchanged while they are used. Returns nullptr, or the error of the
  // text for people; then there are no tokens.
  [[nodiscard]] const char* find(const Buffer& text);

  [[nodiscard]] size_t count() const { return count_; }

  // The offset of a token. offset(count()) is the end of the text.
  [[nodiscard]] size_t offset(size_t token) const { return starts_[token]; }

  // These require token < count().
  [[nodiscard]] char first_char(size_t token) const { return text_[starts_[token]]; }
  [[nodiscard]] std::string_view text(size_t token) const {
    const size_t begin = starts_[token];
    size_t end = starts_[token + 1];
    while (is_space(text_[end - 1])) --end;  // Stops at the token's first byte at the latest.
    return {text_ + begin, end - begin};
  }

  // Any part of the text, by offsets.
  [[nodiscard]] std::string_view slice(size_t begin, size_t end) const { return {text_ + begin, end - begin}; }

  // Frees the index if it is larger than ordinary texts need.
  void release_large_buffers();

 private:
  [[nodiscard]] bool make_room(size_t bytes);

  std::unique_ptr<simdjson::internal::dom_parser_implementation> stage_;
  const char* text_ = nullptr;
  const uint32_t* starts_ = nullptr;
  size_t count_ = 0;
};

// The double nearest to the text of a number; infinite if that is too large.
[[nodiscard]] double to_double(std::string_view number);

}  // namespace onellm::json
