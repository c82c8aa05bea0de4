// Reads and writes heads: the text form in which requests and replies cross the boundary (gateway/session/protocol.h).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/function_ref.h"

namespace onellm::gateway {

// True if a header's name is one of `names`, or begins as one of them that ends with `*`.
[[nodiscard]] bool is_named(const std::vector<std::string_view>& names, std::string_view name);

// A received head. Views the text that it was read from.
class Head {
 public:
  explicit Head(std::string_view text);

  [[nodiscard]] std::string_view first_line() const { return first_line_; }
  // The status of a reply; 0: the first line is not a status.
  [[nodiscard]] int status() const;
  // The value of a header; empty if it is absent. `name` must be lower case.
  [[nodiscard]] std::string_view header(std::string_view name) const;
  // Calls `on_header` for each header, in order.
  void each(FunctionRef<void(std::string_view name, std::string_view value)> on_header) const;

 private:
  std::string_view first_line_;
  std::vector<std::pair<std::string_view, std::string_view>> headers_;
};

// A head to send. Control characters are left out, because a line end in a value would forge a header. Other characters
// outside ASCII, for example in a model's name, are percent-encoded.
class HeadWriter {
 public:
  explicit HeadWriter(std::string_view first_line);

  HeadWriter& add(std::string_view name, std::string_view value);
  // Like add(), for a value that is known to be printable ASCII. It is not checked.
  HeadWriter& add_plain(std::string_view name, std::string_view value);
  // Like add(), but adds nothing if the value is empty.
  HeadWriter& add_if(std::string_view name, std::string_view value);
  // Like add_if(), for a list with commas. At most kListHeaderBytesMax are written; a list that was cut ends in `...`.
  // Reason: clients refuse a head of more than 16 KB.
  HeadWriter& add_list(std::string_view name, std::string_view value);

  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace onellm::gateway
