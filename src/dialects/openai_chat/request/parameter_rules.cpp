#include "dialects/openai_chat/request/parameter_rules.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <string>
#include <utility>

#include "dialects/common/request/settable_parameter.h"
#include "dialects/openai_chat/client/request/legacy_functions.h"
#include "dialects/openai_chat/echoes/reasoning.h"
#include "json/reader.h"

namespace onellm::dialects::openai_chat {

namespace {

constexpr std::string_view kNull = "null";

// The element of `names` that equals `key`; empty: none.
std::string_view find_in(std::span<const std::string> names, json::RawString key) {
  for (const std::string& name : names) {
    if (json::key_is(key, name)) return name;
  }
  return {};
}

const std::vector<chat::SourceMember>& own_members(const chat::Request& request) {
  static const std::vector<chat::SourceMember> kNoMembers;
  return request.source.dialect == kOpenaiChat ? request.source.members : kNoMembers;
}

bool is_only_openai(ParameterKind kind) {
  return kind == ParameterKind::kOnlyOpenAi || kind == ParameterKind::kServiceTier ||
         kind == ParameterKind::kCacheOptions;
}

}  // namespace

ParameterRules::ParameterRules(const chat::Request& request, const EncodeOptions& options)
    : request_(request),
      members_(own_members(request)),
      host_(options.host),
      contract_(options.contract),
      changes_nothing_(host_.mapping == HostMapping::kAsWritten && !host_.edits_parameters() &&
                       !contract_.is_overridden),
      family_(request, host_, contract_),
      thinking_edits_(request, host_, contract_),
      host_edits_(request, host_, thinking_edits_),
      renews_functions_(host_.mapping == HostMapping::kCompatible || !contract_.takes_functions) {}

MemberEdit ParameterRules::edit_of(const chat::SourceMember& member, const ParameterRow& row) const {
  if (changes_nothing_) return {};
  const json::RawString key{member.key};
  if (const std::string_view name = left_out_as(key, row); !name.empty()) return leave_out(name, {member.value});
  if (member.value == kNull) {
    const bool is_effort = row.kind == ParameterKind::kEffort && family_.has_effort_from_elsewhere();
    return {.cut = is_effort || is_taken_by_another(key) || thinking_edits_.takes_place_of(key)};
  }
  MemberEdit thinking = thinking_edits_.edit_of(key, {member.value});
  if (!thinking.is_nothing()) return thinking;
  if (const std::string_view other = new_key(key, row.kind); !other.empty()) return rename(member, row.kind, other);
  MemberEdit edit = family_.edit_of(key, row, {member.value});
  return edit.is_nothing() ? host_edits_.edit_of(key, row, {member.value}) : edit;
}

MessageRules ParameterRules::for_messages() const {
  const bool is_openai = host_.mapping == HostMapping::kOpenAi;
  const bool is_compatible = host_.mapping == HostMapping::kCompatible;
  MessageRules rules{.renew_functions = renews_functions_};
  if (!contract_.takes_system) {
    rules.system_as = "user";
    rules.developer_as = "user";
  } else if (is_compatible || family_.is_before_developers()) {
    rules.developer_as = "system";
  }
  rules.cut_names = !host_.takes_names;
  rules.cut_cache_marks = !host_.takes_cache_marks;
  rules.content = host_.content;
  rules.cut = refused_echoes();
  rules.cut_idle_reasoning = is_compatible && !contract_.takes_idle_reasoning;
  rules.calls = {.mend = is_openai || is_compatible,
                 .cut_extra_content = (rules.cut & echo::kExtraContent) != 0,
                 .cut_cache_marks = rules.cut_cache_marks};
  rules.call_ids = host_.tool_call_ids;
  rules.parts.cut_breakpoints = is_compatible && find_in(host_.pass, {"prompt_cache_breakpoint"}).empty();
  rules.parts.cut_cache_marks = rules.cut_cache_marks;
  rules.parts.move_media = is_openai || host_.tools_give_text;
  rules.parts.join_texts = host_.joins_tool_texts;
  return rules;
}

// The echoed members to cut from messages. OpenAI and some hosts refuse unknown members. Other hosts need their own
// reasoning back: OpenRouter, Google, and DeepSeek beside tool calls (its older model only there). Claude's signed
// blocks are only for Claude, and some members are this gateway's own.
// https://api-docs.deepseek.com/guides/thinking_mode
EchoSet ParameterRules::refused_echoes() const {
  EchoSet refused = 0;
  switch (host_.mapping) {
    case HostMapping::kAsWritten: refused = host_.takes_no_echoes ? echo::kAll : 0; break;
    case HostMapping::kOpenAi: refused = echo::kAll & ~(echo::kAnnotations | echo::kNull); break;
    case HostMapping::kCompatible:
      refused = host_.takes_no_echoes ? echo::kAll : echo::kThinkingBlocks | echo::kContentParts | echo::kCodeExecution;
      break;
  }
  for (const std::string& name : host_.pass) refused &= ~echoed_member({name});
  for (const std::string& name : host_.drop) refused |= echoed_member({name});
  return refused;
}

bool ParameterRules::is_dropped_by_settings(json::RawString key) const {
  if (!find_in(host_.drop, key).empty()) return true;
  return contract_.dropped != nullptr && !find_in(*contract_.dropped, key).empty();
}

std::string_view ParameterRules::output_limit() const {
  for (const std::string_view name : {"max_tokens", "max_completion_tokens"}) {
    const ParameterRow& row = parameter_row({name});
    if (!left_out_as({name}, row).empty()) continue;
    const std::string_view other = new_key({name}, row.kind);
    return other.empty() ? name : other;
  }
  return {};
}

// The name under which the parameter is dropped; empty: it is sent.
std::string_view ParameterRules::left_out_as(json::RawString key, const ParameterRow& row) const {
  std::string_view dropped = find_in(host_.drop, key);
  if (dropped.empty() && contract_.dropped != nullptr) dropped = find_in(*contract_.dropped, key);
  if (!dropped.empty() || host_.mapping != HostMapping::kCompatible || !is_only_openai(row.kind)) return dropped;
  return find_in(host_.pass, key).empty() ? row.name : std::string_view();
}

// The new name for the host; empty: the name does not change.
std::string_view ParameterRules::new_key(json::RawString key, ParameterKind kind) const {
  for (const auto& [ours, theirs] : host_.rename) {
    if (json::key_is(key, ours) && is_settable_parameter(theirs)) return theirs;
  }
  if (renews_functions_ && kind == ParameterKind::kFunctions) return "tools";
  if (renews_functions_ && kind == ParameterKind::kFunctionCall) return "tool_choice";
  return family_.other_limit(kind);
}

// The member to send under this name: the one that has it, else the first that is renamed to it.
const chat::SourceMember* ParameterRules::holder_of(std::string_view key) const {
  const chat::SourceMember* renamed = nullptr;
  for (const chat::SourceMember& member : members_) {
    const json::RawString own{member.key};
    const ParameterRow& row = parameter_row(own);
    if (member.value == kNull || !left_out_as(own, row).empty()) continue;
    const std::string_view other = new_key(own, row.kind);
    if (other.empty() && json::key_is(own, key)) return &member;
    if (renamed == nullptr && other == key && !other.empty()) renamed = &member;
  }
  return renamed;
}

// True if another member will be sent under the name of this null member, which is then cut.
bool ParameterRules::is_taken_by_another(json::RawString null_key) const {
  static constexpr std::string_view kNewKeys[] = {"max_completion_tokens", "max_tokens", "tools", "tool_choice"};
  const auto is_it = [null_key](std::string_view name) { return json::key_is(null_key, name); };
  const auto comes_to_it = [&is_it](const auto& renaming) { return is_it(renaming.second); };
  if (std::none_of(std::begin(kNewKeys), std::end(kNewKeys), is_it) &&
      std::none_of(host_.rename.begin(), host_.rename.end(), comes_to_it)) {
    return false;
  }
  return holder_of(json::unescape(null_key)) != nullptr;
}

// Renames a member. If the client sent both names, the member with the host's name is used. A token limit sent under
// both names is not reported as dropped, since both mean the same.
MemberEdit ParameterRules::rename(const chat::SourceMember& member, ParameterKind kind, std::string_view key) const {
  if (holder_of(key) != &member) return {.cut = true, .dropped = is_limit(kind) ? std::string_view() : member.key};
  if (kind == ParameterKind::kFunctions && request_.functions.empty()) return {.cut = true};
  MemberEdit edit{.key = key};
  if (is_limit(kind)) {
    edit.value = family_.lowered_limit({member.value});
    if (!edit.value.empty()) edit.dropped = member.key;
  }
  if (kind == ParameterKind::kFunctions) edit.value = tools_of_functions({member.value});
  if (kind == ParameterKind::kFunctionCall) {
    edit.value = tool_choice_of_function_call({member.value});
    const bool is_refused =
        contract_.forced_tools == models::ForcedTools::kRefused && chat::is_forced(request_.tool_choice);
    MemberEdit lowered = is_refused ? MemberEdit{.dropped = member.key, .value = R"("auto")"}
                                    : host_edits_.edit_choice(member.key, edit.value);
    if (!lowered.is_nothing()) {
      edit.dropped = lowered.dropped;
      edit.value = std::move(lowered.value);
    }
  }
  return edit;
}

}  // namespace onellm::dialects::openai_chat
