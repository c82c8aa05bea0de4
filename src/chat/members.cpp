#include "chat/members.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>
#include <vector>

#include "json/reader.h"
#include "json/writer.h"

namespace onellm::chat {

namespace {

struct Member {
  std::string key;  // The text between its quotes, with escapes.
  std::string value;
};

std::vector<Member> split(std::string_view members) {
  const json::Buffer object("{" + std::string(members) + "}");
  std::vector<Member> out;
  json::Reader reader;
  if (!reader.open(object)) return out;
  reader.root().each_member([&](json::RawString key, json::Value& value) {
    out.push_back({std::string(key.text), std::string(value.raw().text)});
  });
  return out;
}

bool is_streamed_string(std::string_view key) {
  constexpr std::array<std::string_view, 3> kStreamed = {"arguments", "data", "transcript"};
  for (const std::string_view name : kStreamed) {
    if (key == name) return true;
  }
  return false;
}

// The text between the brackets of an array or object.
std::string_view inside(std::string_view value) { return value.substr(1, value.size() - 2); }

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

void accumulate(Member& member, std::string_view more) {
  std::string& value = member.value;
  const bool same_type = value.front() == more.front();
  if (more == "null") return;
  if (same_type && more.front() == '[') {
    if (is_blank(inside(more))) return;
    if (is_blank(inside(value))) {
      value = more;
      return;
    }
    value.back() = ',';
    value += more.substr(1);
  } else if (same_type && more.front() == '{') {
    std::string merged(inside(value));
    if (is_blank(merged)) merged.clear();
    add_members(merged, {inside(more)}, SameKey::kAccumulate);
    value = "{" + merged + "}";
  } else if (same_type && more.front() == '"' && is_streamed_string(member.key)) {
    value.pop_back();
    value += more.substr(1);
  } else {
    value = more;
  }
}

// The text after a top-level key, from its colon on; nothing if no top-level member has that name.
std::optional<std::string_view> after_key(std::string_view text, std::string_view key) {
  if (text.find(key) == text.npos) return std::nullopt;
  size_t depth = 0;
  bool key_is_next = true;
  for (size_t at = 0; at < text.size(); ++at) {
    switch (text[at]) {
      case '"': {
        const size_t begin = ++at;
        while (text[at] != '"') at += text[at] == '\\' ? 2 : 1;
        if (depth == 0 && key_is_next && text.substr(begin, at - begin) == key) return text.substr(at + 1);
        key_is_next = false;
        break;
      }
      case '{':
      case '[': ++depth; break;
      case '}':
      case ']': --depth; break;
      case ',': key_is_next = depth == 0; break;
      default: break;
    }
  }
  return std::nullopt;
}

}  // namespace

bool has_member(json::RawMembers members, std::string_view key) { return after_key(members.text, key).has_value(); }

bool has_value(json::RawMembers members, std::string_view key) {
  const std::optional<std::string_view> rest = after_key(members.text, key);
  return rest && !rest->substr(std::min(rest->find_first_not_of(" :\t\r\n"), rest->size())).starts_with("null");
}

bool are_null(json::RawMembers members) {
  std::string_view text = members.text;
  while (!text.empty()) {
    size_t at = text.find('"');
    if (at == text.npos) break;  // White space.
    for (++at; at < text.size() && text[at] != '"'; ++at) at += text[at] == '\\' ? 1 : 0;
    at = text.find_first_not_of(" :\t\r\n", std::min(at + 1, text.size()));
    constexpr std::string_view kNull = "null";
    if (at == text.npos || !text.substr(at).starts_with(kNull)) return false;
    text.remove_prefix(at + kNull.size());
  }
  return true;
}

void add_members(std::string& members, json::RawMembers more, SameKey same_key) {
  if (is_blank(more.text)) return;
  if (members.empty()) {
    members = more.text;
    return;
  }
  if (members == more.text && same_key == SameKey::kReplace) return;

  std::vector<Member> kept = split(members);
  std::vector<Member> added = split(more.text);
  kept.reserve(kept.size() + added.size());  // Keeps the views of their keys valid.
  std::unordered_map<std::string_view, size_t> places;
  for (size_t at = 0; at < kept.size(); ++at) places[kept[at].key] = at;
  for (Member& member : added) {
    const auto found = places.find(member.key);
    if (found == places.end()) {
      kept.push_back(std::move(member));
      places[kept.back().key] = kept.size() - 1;
    } else if (same_key == SameKey::kReplace) {
      kept[found->second].value = std::move(member.value);
    } else {
      accumulate(kept[found->second], member.value);
    }
  }
  members.clear();
  for (const Member& member : kept) json::append_member(members, {member.key}, {member.value});
}

}  // namespace onellm::chat
