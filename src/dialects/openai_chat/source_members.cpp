#include "dialects/openai_chat/source_members.h"

#include "json/grammar.h"

namespace onellm::dialects {

namespace {

std::string_view without_space_before(std::string_view text) {
  while (!text.empty() && json::is_space(text.front())) text.remove_prefix(1);
  return text;
}

// Takes white space, then `mark`, then white space off the end.
std::string_view without_mark_behind(std::string_view text, char mark) {
  while (!text.empty() && json::is_space(text.back())) text.remove_suffix(1);
  if (!text.empty() && text.back() == mark) text.remove_suffix(1);
  while (!text.empty() && json::is_space(text.back())) text.remove_suffix(1);
  return text;
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

}  // namespace onellm::dialects
