// Heads, the text form in which requests and replies cross the boundary (protocol.h).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace onellm::gateway {

// A head that came in. Views into the text it was read from.
class Head {
 public:
  explicit Head(std::string_view text);

  [[nodiscard]] std::string_view first_line() const { return first_line_; }
  // Of a reply; 0: the first line is none.
  [[nodiscard]] int status() const;
  // The value of a header, empty where it is absent. `name` in lower case.
  [[nodiscard]] std::string_view header(std::string_view name) const;

 private:
  std::string_view first_line_;
  std::vector<std::pair<std::string_view, std::string_view>> headers_;
};

// A head that goes out. A line end in a value would forge a header, so control characters are left out;
// what is not ASCII, as a model's name may be, is percent-encoded.
class HeadWriter {
 public:
  explicit HeadWriter(std::string_view first_line);

  HeadWriter& add(std::string_view name, std::string_view value);
  // The same for a value of printable ASCII: it is not looked through.
  HeadWriter& add_plain(std::string_view name, std::string_view value);
  // Nothing where the value is empty.
  HeadWriter& add_if(std::string_view name, std::string_view value);
  // The same for a list with commas, of which kListHeaderBytesMax are written: what was cut off ends in `...`.
  // Clients refuse a head of more than 16 KB.
  HeadWriter& add_list(std::string_view name, std::string_view value);

  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace onellm::gateway
