#include "dialects/openai_chat/request/splice/tool_edits.h"

#include <algorithm>
#include <set>
#include <string>

#include "dialects/common/splice/source_members.h"
#include "dialects/common/splice/source_splice.h"
#include "json/reader.h"

namespace onellm::dialects::openai_chat {

namespace {

using chat::SourceMember;
using chat::Tool;

bool is_mark(const SourceMember& member) { return json::key_is({member.key}, "cache_control"); }

// Cuts the cache marks, which may be in a tool or in its function.
void cut_marks(std::string_view tool, SourceSplice& splice) {
  splice.edit_members(read_members(tool), [&splice](const SourceMember& member) -> MemberEdit {
    if (json::key_is({member.key}, "function") && member.value.starts_with('{')) {
      splice.edit_members(read_members(member.value),
                          [](const SourceMember& inner) -> MemberEdit { return {.cut = is_mark(inner)}; });
    }
    return {.cut = is_mark(member)};
  });
}

std::vector<SourceMember> elements_of(std::string_view array) {
  std::vector<SourceMember> elements;  // Elements have no keys.
  read_elements(
      array, [](size_t /*index*/) { return true; },
      [&elements](size_t /*index*/, std::string_view element) {
        elements.push_back({{}, element, element});
      });
  return elements;
}

bool has_one_name_twice(const std::vector<Tool>& tools) {
  std::set<std::string_view> names;
  return std::any_of(tools.begin(), tools.end(),
                     [&names](const Tool& tool) { return !tool.name.empty() && !names.insert(tool.name.text).second; });
}

}  // namespace

MemberEdit edit_tools(const std::vector<Tool>& tools, const HostRules& host, std::string_view array) {
  const bool cuts_marks = !host.takes_cache_marks && std::any_of(tools.begin(), tools.end(), [](const Tool& tool) {
    return !tool.cache_control.empty();
  });
  const bool cuts_repeated = !host.takes_repeated_tools && has_one_name_twice(tools);
  if (!cuts_marks && !cuts_repeated) return {};
  SourceSplice splice(array);
  std::set<std::string_view> seen;
  splice.edit_members(elements_of(array), [&](const SourceMember& tool) -> MemberEdit {
    if (cuts_repeated && !seen.insert(tool.value).second) return {.cut = true};
    if (cuts_marks) cut_marks(tool.value, splice);
    return {};
  });
  return {.dropped = cuts_marks ? "tools[].cache_control" : std::string_view(), .value = splice.finish().flat()};
}

}  // namespace onellm::dialects::openai_chat
