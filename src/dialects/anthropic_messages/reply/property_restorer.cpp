#include "dialects/anthropic_messages/reply/property_restorer.h"

#include <algorithm>

#include "json/grammar.h"

namespace onellm::dialects::anthropic_messages {

namespace {

constexpr size_t kNameBytesMax = 64;  // The longest name that was sent.

// The character that the unit stands for; 0 for escapes without a meaning here.
char character_of(std::string_view unit) {
  if (unit.size() == 1) return unit[0];
  const std::string plain = json::unescape({unit});
  return plain.size() == 1 ? plain[0] : '\0';
}

}  // namespace

PropertyRestorer::PropertyRestorer(json::RawString tool, const std::vector<RenamedProperty>& renamed) {
  const std::string name = json::unescape(tool);
  const auto begin = std::lower_bound(
      renamed.begin(), renamed.end(), name,
      [](const RenamedProperty& property, const std::string& wanted) { return property.tool < wanted; });
  const auto end = std::upper_bound(
      begin, renamed.end(), name,
      [](const std::string& wanted, const RenamedProperty& property) { return wanted < property.tool; });
  renamed_ = std::span(renamed).subspan(static_cast<size_t>(begin - renamed.begin()), static_cast<size_t>(end - begin));
}

void PropertyRestorer::push(json::RawString piece, std::string& out) {
  const std::string_view text = piece.text;
  for (size_t at = 0; at < text.size();) {
    const size_t escape = text[at] == '\\' ? json::escape_bytes(text, at) : 0;
    const size_t bytes = escape == 0 ? 1 : escape;
    take(text.substr(at, bytes), out);
    at += bytes;
  }
}

void PropertyRestorer::take(std::string_view unit, std::string& out) {
  const char c = character_of(unit);
  if (is_string_) return take_of_string(unit, c, out);
  out += unit;
  switch (c) {
    case '"':
      is_string_ = true;
      is_name_ = depth_ == 1 && name_comes_next_;
      name_comes_next_ = false;
      return;
    case '{':
    case '[':
      ++depth_;
      name_comes_next_ = depth_ == 1 && c == '{';
      return;
    case '}':
    case ']': depth_ -= depth_ > 0 ? 1 : 0; return;
    case ',': name_comes_next_ = depth_ == 1; return;
    default: return;
  }
}

void PropertyRestorer::take_of_string(std::string_view unit, char c, std::string& out) {
  const bool is_end = c == '"' && !is_escaped_;
  is_escaped_ = c == '\\' && !is_escaped_;
  if (is_end) {
    is_string_ = false;
    if (is_name_) end_name(out);
    out += unit;
    return;
  }
  if (!is_name_) {
    out += unit;
    return;
  }
  name_ += unit;
  if (name_.size() <= kNameBytesMax) return;
  end_name(out);  // Too long for a renamed one: the rest passes unchanged.
}

void PropertyRestorer::end_name(std::string& out) {
  is_name_ = false;
  const auto found = std::lower_bound(
      renamed_.begin(), renamed_.end(), name_,
      [](const RenamedProperty& property, const std::string& wanted) { return property.sent < wanted; });
  if (found == renamed_.end() || found->sent != name_) {
    out += name_;
  } else {
    json::escape_to(out, found->name);
  }
  name_.clear();
}

}  // namespace onellm::dialects::anthropic_messages
