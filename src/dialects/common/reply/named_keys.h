// Looks up the known keys of a wire format. It is fast, since a stream has thousands of keys.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "json/raw.h"

namespace onellm::dialects {

template <typename Key>
struct NamedKey {
  std::string_view name;
  Key key;
};

template <typename Key, size_t count>
[[nodiscard]] Key find_name(const NamedKey<Key> (&names)[count], std::string_view name, Key other) {
  if (name.empty()) return other;
  for (const NamedKey<Key>& known : names) {
    if (known.name.size() == name.size() && known.name.front() == name.front() && known.name == name) return known.key;
  }
  return other;
}

// The value for `key` in `names`; `other` if it is not there. Put the most frequent names first.
template <typename Key, size_t count>
[[nodiscard]] Key find_key(const NamedKey<Key> (&names)[count], json::RawString key, Key other) {
  const Key found = find_name(names, key.text, other);
  if (found != other || key.text.find('\\') == key.text.npos) return found;
  return find_name(names, json::unescape(key), other);
}

}  // namespace onellm::dialects
