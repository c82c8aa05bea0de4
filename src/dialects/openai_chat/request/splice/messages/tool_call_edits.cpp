#include "dialects/openai_chat/request/splice/messages/tool_call_edits.h"

#include <algorithm>
#include <utility>

#include "dialects/common/splice/source_members.h"
#include "dialects/openai_chat/echoes/reasoning.h"
#include "json/reader.h"

namespace onellm::dialects::openai_chat {

namespace {

using chat::SourceMember;

constexpr std::string_view kNoArguments = R"("{}")";

const SourceMember* find(const std::vector<SourceMember>& members, std::string_view key) {
  const auto found = std::find_if(members.begin(), members.end(),
                                  [key](const SourceMember& member) { return json::key_is({member.key}, key); });
  return found == members.end() ? nullptr : &*found;
}

void insert_behind(const SourceMember& member, std::string_view text, SourceSplice& splice) {
  splice.insert(member.member.data() + member.member.size(), std::string(text));
}

std::string text_of_object(std::string_view object) {
  std::string compact;
  json::compact_to(compact, {object});
  std::string text;
  json::quote_to(text, compact);
  return text;
}

// `function` is the object {"name","arguments"}.
void mend_arguments(std::string_view function, SourceSplice& splice) {
  const std::vector<SourceMember> members = read_members(function);
  const SourceMember* arguments = what_counts(members, "arguments");
  if (arguments == nullptr) arguments = find(members, "arguments");
  if (arguments == nullptr) {
    insert_behind(members.back(), R"(,"arguments":"{}")", splice);
  } else if (arguments->value.starts_with('{')) {
    splice.replace(arguments->value, text_of_object(arguments->value));
  } else if (arguments->value == "null" || arguments->value == R"("")") {
    splice.replace(arguments->value, std::string(kNoArguments));
  }
}

bool changes_id(const chat::ToolCall& call, ToolCallRules rules) {
  return rules.ids != nullptr && !NineSignIds::is_one(call.id);
}

void edit_call(const chat::ToolCall& call, ToolCallRules rules, std::string_view object, SourceSplice& splice) {
  const std::vector<SourceMember> members = read_members(object);
  const std::string_view member_of_type = call.custom ? R"(,"type":"custom")" : R"(,"type":"function")";
  const std::string_view type = member_of_type.substr(std::string_view(R"(,"type":)").size());
  const bool is_loose = rules.mend && call.notes.is_loose;
  bool lacks_type = is_loose && find(members, "type") == nullptr;
  splice.edit_members(members, [&](const SourceMember& member) -> MemberEdit {
    const json::RawString key{member.key};
    if (rules.cut_extra_content && json::key_is(key, kExtraContent)) return {.cut = true};
    if (rules.cut_cache_marks && json::key_is(key, "cache_control")) return {.cut = true};
    if (is_loose && json::key_is(key, "type") && member.value == "null") return {.value = std::string(type)};
    const bool has_arguments = is_loose && !call.custom && member.value != "null";
    if (has_arguments && json::key_is(key, "function")) mend_arguments(member.value, splice);
    if (!json::key_is(key, "id")) return {};
    // The type is added after the id, which every call has.
    const std::string_view behind = std::exchange(lacks_type, false) ? member_of_type : std::string_view();
    if (changes_id(call, rules)) return {.value = '"' + rules.ids->of(call.id) + '"' + std::string(behind)};
    if (!behind.empty()) insert_behind(member, behind, splice);
    return {};
  });
}

}  // namespace

void edit_tool_calls(const std::vector<chat::ToolCall>& calls, ToolCallRules rules, std::string_view array,
                     SourceSplice& splice) {
  const auto is_wanted = [&](size_t index) {
    if (index >= calls.size()) return false;
    const chat::ToolCall& call = calls[index];
    return (rules.mend && call.notes.is_loose) || (rules.cut_extra_content && call.notes.has_provider_members) ||
           (rules.cut_cache_marks && !call.cache_control.empty()) || changes_id(call, rules);
  };
  read_elements(array, is_wanted,
                [&](size_t index, std::string_view object) { edit_call(calls[index], rules, object, splice); });
}

std::string with_text_of_arguments(std::string_view function) {
  SourceSplice splice(function);
  mend_arguments(function, splice);
  return splice.finish().flat();
}

}  // namespace onellm::dialects::openai_chat
