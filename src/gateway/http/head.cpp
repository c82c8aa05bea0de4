#include "gateway/http/head.h"

#include <algorithm>
#include <charconv>

#include "base/limits.h"

namespace onellm::gateway {

namespace {

constexpr size_t kUsualHeaders = 8;
constexpr size_t kUsualHeadBytes = 1024;

std::string_view take_line(std::string_view& text) {
  const size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

bool is_plain(char c) { return c >= 0x20 && c < 0x7F; }  // `char` may be signed: bytes over 0x7F are never plain.

void append_as_percent(std::string& out, char c) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  if (byte < 0x80) return;  // A control character: left out.
  out += '%';
  out += kDigits[byte >> 4];
  out += kDigits[byte & 0xF];
}

}  // namespace

bool is_named(const std::vector<std::string_view>& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(), [name](std::string_view known) {
    if (!known.ends_with('*')) return known == name;
    return name.starts_with(known.substr(0, known.size() - 1));
  });
}

Head::Head(std::string_view text) : first_line_(take_line(text)) {
  headers_.reserve(kUsualHeaders);
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    const size_t colon = line.find(": ");
    if (colon != line.npos) headers_.emplace_back(line.substr(0, colon), line.substr(colon + 2));
  }
}

int Head::status() const {
  int status = 0;
  std::from_chars(first_line_.data(), first_line_.data() + first_line_.size(), status);
  return status;
}

std::string_view Head::header(std::string_view name) const {
  for (const auto& [key, value] : headers_) {
    if (key == name) return value;
  }
  return {};
}

void Head::each(FunctionRef<void(std::string_view name, std::string_view value)> on_header) const {
  for (const auto& [name, value] : headers_) on_header(name, value);
}

HeadWriter::HeadWriter(std::string_view first_line) {
  text_.reserve(kUsualHeadBytes);
  text_ = first_line;
}

HeadWriter& HeadWriter::add_plain(std::string_view name, std::string_view value) {
  text_.append("\n").append(name).append(": ").append(value);
  return *this;
}

HeadWriter& HeadWriter::add(std::string_view name, std::string_view value) {
  if (std::all_of(value.begin(), value.end(), is_plain)) return add_plain(name, value);
  text_.append("\n").append(name).append(": ");
  for (const char c : value) {
    if (is_plain(c)) {
      text_ += c;
    } else {
      append_as_percent(text_, c);
    }
  }
  return *this;
}

HeadWriter& HeadWriter::add_if(std::string_view name, std::string_view value) {
  return value.empty() ? *this : add(name, value);
}

HeadWriter& HeadWriter::add_list(std::string_view name, std::string_view value) {
  static constexpr std::string_view kMore = "...";
  const size_t before = text_.size();
  add_if(name, value);
  const size_t value_begin = before + name.size() + std::string_view("\n: ").size();
  if (text_.size() <= value_begin + kListHeaderBytesMax) return *this;
  const size_t cut = value_begin + kListHeaderBytesMax - kMore.size();
  const size_t comma = text_.rfind(',', cut - 1);
  text_.resize(comma != text_.npos && comma > value_begin ? comma + 1 : cut);
  text_ += kMore;
  return *this;
}

}  // namespace onellm::gateway
