#include "sse/reader.h"

#include "base/scan.h"

namespace onellm::sse {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr size_t kKeptBytesMax = 64 * 1024;  // Longer strings are freed when they become empty.

constexpr auto is_line_end = [](auto c) { return (c == '\n') | (c == '\r'); };

// The offset of the first line end at or after `from`; the size of the text if there is none.
size_t find_line_end(std::string_view text, size_t from) {
  if (from < text.size() && is_line_end(text[from])) return from;  // A blank line.
  return find_first(text, from, is_line_end);
}

void clear(std::string& text) {
  text.clear();
  if (text.capacity() > kKeptBytesMax) text.shrink_to_fit();
}

}  // namespace

bool Reader::push(std::string_view bytes, OnEvent on_event) {
  if (overflowed_) return false;
  if (bytes.empty()) return true;
  if (after_cr_ && bytes[0] == '\n') bytes.remove_prefix(1);
  after_cr_ = false;

  bool continues_line = !line_.empty();  // Only the first piece can be the rest of a line.
  size_t begin = 0;
  while (begin < bytes.size()) {
    const size_t end = find_line_end(bytes, begin);
    const std::string_view piece = bytes.substr(begin, end - begin);
    const size_t line_bytes = piece.size() + (continues_line ? line_.size() + more_of_line_.bytes() : 0);
    if (line_bytes + data_.size() > kSseEventBytesMax) {
      overflowed_ = too_long_ == TooLong::kStop;
      if (overflowed_) return false;
      skip_event();
      continues_line = false;
    }

    if (skipping_) {
      skip_line(piece, end < bytes.size());
      if (end == bytes.size()) return true;
    } else {
      if (continues_line) extend_line(piece);
      if (end == bytes.size()) {
        keep_event();
        if (!continues_line) line_.assign(piece);
        return true;
      }
      if (continues_line) join_line();
      take_line(continues_line ? line_ : piece, on_event);
      continues_line = false;
    }

    begin = end + 1;
    if (bytes[end] == '\n') continue;
    after_cr_ = begin == bytes.size();
    if (!after_cr_ && bytes[begin] == '\n') ++begin;
  }
  keep_event();
  clear(line_);
  return true;
}

void Reader::extend_line(std::string_view piece) {
  if (more_of_line_.empty() && line_.size() + piece.size() <= kKeptBytesMax) {
    line_.append(piece);
  } else {
    more_of_line_.append(piece);
  }
}

void Reader::join_line() {
  if (!more_of_line_.empty()) more_of_line_.move_to(line_);
}

void Reader::end(OnEvent on_event) {
  join_line();
  if (!overflowed_) {
    // Without a colon the name of the field may be cut off, so the line is no field.
    if (line_.find(':') != std::string::npos) {
      take_line(line_, on_event);
    } else if (!line_.empty()) {
      keep_stray(line_);
    }
    dispatch(on_event);
  }
  clear(line_);
}

void Reader::skip_event() {
  if (at_boundary() || skipping_) return;
  skipping_ = has_field_ = true;
  line_begun_ = !line_.empty();
  data_ = {};
  type_ = {};
  for (std::string* const kept : {&line_, &data_kept_, &type_kept_}) std::string().swap(*kept);
  more_of_line_.clear();
  has_data_ = false;
}

// Skips a piece of a line. A blank line ends the event that is skipped.
void Reader::skip_line(std::string_view piece, bool has_end) {
  const bool is_blank = piece.empty() && !line_begun_;
  line_begun_ = !has_end && !is_blank;
  if (has_end && is_blank) skipping_ = has_field_ = false;
}

bool Reader::at_boundary() const { return line_.empty() && !has_field_ && !overflowed_; }

bool Reader::pending_is_silent() const { return !has_data_ && !overflowed_ && (line_.empty() || line_.front() == ':'); }

void Reader::take_line(std::string_view line, OnEvent on_event) {
  if (first_line_ && line.starts_with(kByteOrderMark)) line.remove_prefix(kByteOrderMark.size());
  first_line_ = false;
  if (line.empty()) return dispatch(on_event);
  if (line[0] == ':') return;  // A comment.

  has_field_ = true;
  const size_t colon = line.find(':');
  std::string_view value = colon == line.npos ? std::string_view() : line.substr(colon + 1);
  if (value.starts_with(' ')) value.remove_prefix(1);
  if (!take_field(line.substr(0, colon), value)) keep_stray(line);
}

// False if no field has that name. `id` and `retry` are for browsers that reconnect; they are ignored here.
bool Reader::take_field(std::string_view name, std::string_view value) {
  if (name == "data") {
    add_data(value);
  } else if (name == "event") {
    type_ = value;
    type_kept_.clear();
  } else {
    return name == "id" || name == "retry";
  }
  return true;
}

void Reader::keep_stray(std::string_view line) {
  const bool begins = line[0] == '{' || line[0] == '[';
  if (stray_json_.empty() && !begins) return;
  if (stray_json_.size() + line.size() < kErrorBodyBytesMax) stray_json_.append(line) += '\n';
}

void Reader::add_data(std::string_view value) {
  if (!has_data_) {
    has_data_ = true;
    data_ = value;
    return;
  }
  if (data_kept_.empty()) data_kept_ = data_;
  data_kept_ += '\n';
  data_kept_ += value;
  data_ = data_kept_;
}

void Reader::dispatch(OnEvent on_event) {
  if (has_data_) on_event({.type = type_.empty() ? "message" : type_, .data = data_});
  data_ = {};
  type_ = {};
  clear(data_kept_);
  clear(type_kept_);
  has_data_ = false;
  has_field_ = false;
}

// Copies the event so far: the bytes that its views point into end with this push.
void Reader::keep_event() {
  if (data_kept_.empty()) data_kept_ = data_;
  if (type_kept_.empty()) type_kept_ = type_;
  data_ = data_kept_;
  type_ = type_kept_;
}

}  // namespace onellm::sse
