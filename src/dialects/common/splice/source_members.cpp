#include "dialects/common/splice/source_members.h"

#include "base/assert.h"
#include "json/buffer.h"
#include "json/grammar.h"
#include "json/reader.h"

namespace onellm::dialects {

namespace {

std::string_view without_space_before(std::string_view text) {
  while (!text.empty() && json::is_space(text.front())) text.remove_prefix(1);
  return text;
}

// Removes white space, then `mark`, then white space from the end.
std::string_view without_mark_behind(std::string_view text, char mark) {
  while (!text.empty() && json::is_space(text.back())) text.remove_suffix(1);
  if (!text.empty() && text.back() == mark) text.remove_suffix(1);
  while (!text.empty() && json::is_space(text.back())) text.remove_suffix(1);
  return text;
}

// Reads the text from a copy and calls `read` with the value and the copy. The text is known to be valid.
void read_again(std::string_view text, FunctionRef<void(json::Value& value, std::string_view copy)> read) {
  const json::Buffer copy(text);
  json::Reader reader;
  ONELLM_ASSERT(reader.open(copy));
  json::Value value = reader.root();
  read(value, copy.text());
}

// The part of `original` that corresponds to a slice of its copy.
std::string_view place_of(std::string_view slice, std::string_view copy, std::string_view original) {
  return original.substr(static_cast<size_t>(slice.data() - copy.data()), slice.size());
}

}  // namespace

std::vector<chat::SourceMember> locate_members(std::string_view object, const std::vector<json::RawString>& keys) {
  std::vector<chat::SourceMember> members(keys.size());
  size_t end = object.size();
  char mark = '}';
  for (size_t i = keys.size(); i-- > 0;) {
    const std::string_view key = keys[i].text;
    const auto begin = static_cast<size_t>(key.data() - object.data()) - 1;  // Its opening quote.
    const std::string_view member = without_mark_behind(object.substr(begin, end - begin), mark);
    std::string_view value = without_space_before(member.substr(key.size() + 2));
    value = without_space_before(value.substr(1));  // The colon.
    members[i] = {.key = key, .member = member, .value = value};
    end = begin;
    mark = ',';
  }
  return members;
}

std::vector<chat::SourceMember> read_members(std::string_view object) {
  std::vector<json::RawString> keys;
  read_again(object, [&](json::Value& value, std::string_view copy) {
    value.each_member([&](json::RawString key, json::Value&) { keys.push_back({place_of(key.text, copy, object)}); });
  });
  return locate_members(object, keys);
}

const chat::SourceMember* what_counts(const std::vector<chat::SourceMember>& members, std::string_view key) {
  const chat::SourceMember* last = nullptr;
  for (const chat::SourceMember& member : members) {
    if (member.value != "null" && json::key_is({member.key}, key)) last = &member;
  }
  return last;
}

void read_elements(std::string_view array, FunctionRef<bool(size_t index)> is_wanted,
                   FunctionRef<void(size_t index, std::string_view element)> on_element) {
  read_again(array, [&](json::Value& value, std::string_view copy) {
    value.each_element([&](size_t index, json::Value& element) {
      if (is_wanted(index)) on_element(index, place_of(element.raw().text, copy, array));
    });
  });
}

}  // namespace onellm::dialects
