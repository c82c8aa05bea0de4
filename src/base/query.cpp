#include "base/query.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace onellm {

std::string percent_decode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    unsigned char byte = 0;
    const std::string_view digits = text.substr(i + 1, 2);
    const bool is_encoded =
        text[i] == '%' && digits.size() == 2 &&
        std::from_chars(digits.data(), digits.data() + 2, byte, 16).ptr == digits.data() + digits.size();
    out += is_encoded ? static_cast<char>(byte) : text[i];
    if (is_encoded) i += 2;
  }
  return out;
}

std::string form_decode(std::string_view text) {
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  return percent_decode(spaced);
}

namespace {

// The first parameter with this name, as `name=value` or `name`; nothing if there is none.
std::optional<std::string_view> find_pair(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    const size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    if (pair.substr(0, pair.find('=')) == name) return pair;
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return std::nullopt;
}

}  // namespace

bool has_query_parameter(std::string_view query, std::string_view name) { return find_pair(query, name).has_value(); }

std::string query_value(std::string_view query, std::string_view name) {
  const std::optional<std::string_view> pair = find_pair(query, name);
  return pair ? percent_decode(pair->substr(std::min(name.size() + 1, pair->size()))) : std::string();
}

}  // namespace onellm
