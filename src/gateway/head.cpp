#include "gateway/head.h"

#include <algorithm>

namespace onellm::gateway {

namespace {

std::string_view take_line(std::string_view& text) {
  const size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

}  // namespace

Head::Head(std::string_view text) : first_line_(take_line(text)) {
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    const size_t colon = line.find(": ");
    if (colon != line.npos) headers_.emplace_back(line.substr(0, colon), line.substr(colon + 2));
  }
}

std::string_view Head::header(std::string_view name) const {
  for (const auto& [key, value] : headers_) {
    if (key == name) return value;
  }
  return {};
}

HeadWriter& HeadWriter::add(std::string_view name, std::string_view value) {
  text_.append("\n").append(name).append(": ");
  std::copy_if(value.begin(), value.end(), std::back_inserter(text_), [](char c) { return !is_control(c); });
  return *this;
}

HeadWriter& HeadWriter::add_if(std::string_view name, std::string_view value) {
  return value.empty() ? *this : add(name, value);
}

}  // namespace onellm::gateway
