#include "dialects/openai_chat/request/splice/messages/message_edits.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "dialects/common/splice/source_members.h"
#include "dialects/openai_chat/client/request/legacy_functions.h"
#include "dialects/openai_chat/request/splice/messages/message_changes.h"
#include "dialects/openai_chat/request/splice/messages/part_edits.h"
#include "dialects/openai_chat/request/splice/messages/tool_call_edits.h"
#include "json/reader.h"

namespace onellm::dialects::openai_chat {

namespace {

using chat::Message;
using chat::Role;
using chat::SourceMember;

bool is_key(const SourceMember& member, std::string_view key) { return json::key_is({member.key}, key); }

class MessageEdits {
 public:
  MessageEdits(const chat::Request& request, const MessageRules& rules, SourceSplice& splice, Drops& drops)
      : messages_(request.messages),
        rules_(rules),
        changes_(rules),
        splice_(splice),
        drops_(drops),
        parts_(rules.parts, splice, drops) {
    if (rules.call_ids == ToolCallIds::kNine) ids_.emplace(request);
    call_rules_.ids = ids_ ? &*ids_ : nullptr;
  }

  void edit(std::string_view array) {
    const bool reads =
        std::any_of(messages_.begin(), messages_.end(), [this](const Message& m) { return changes_more(m); });
    if (reads) return edit_read(array);
    if (rules_.system_as.empty() && rules_.developer_as.empty()) return;
    for (const Message& message : messages_) edit_role(message);
  }

 private:
  bool changes_more(const Message& message) const {
    return changes_.more_than_role(message) || parts_.changes(message);
  }

  void edit_role(const Message& message) {
    const std::string_view role = changes_.new_role(message);
    if (!role.empty()) splice_.replace(message.notes.role_text.text, std::string(role));
  }

  // True of the last tool result in a row of them.
  bool ends_results(size_t index) const {
    return index + 1 == messages_.size() || messages_[index + 1].role != Role::kTool;
  }

  void edit_read(std::string_view array) {
    size_t next = 0;
    const auto is_wanted = [this](size_t index) {
      return changes_more(messages_[index]) || (parts_.has_media() && ends_results(index));
    };
    read_elements(array, is_wanted, [&](size_t index, std::string_view element) {
      for (; next < index; ++next) edit_role(messages_[next]);
      edit_members(messages_[index], element);
      if (parts_.has_media() && ends_results(index)) {
        splice_.insert(element.data() + element.size(), parts_.take_media_message());
      }
      ++next;
    });
    for (; next < messages_.size(); ++next) edit_role(messages_[next]);
  }

  void edit_members(const Message& message, std::string_view element) {
    if (calls_function(message)) {
      call_id_ = "call_" + std::to_string(++calls_);
      if (ids_) call_id_ = ids_->of({call_id_});
    }
    const std::vector<SourceMember> members = read_members(element);
    const bool lacks_content = std::none_of(members.begin(), members.end(),
                                            [](const SourceMember& member) { return is_key(member, "content"); });
    const SourceMember* const content = what_counts(members, "content");
    const SourceMember* const calls = what_counts(members, "tool_calls");
    const SourceMember* const function_call = what_counts(members, "function_call");
    const bool renews_result = changes_.renews_result(message);  // Adds the content itself.
    const bool adds_content = lacks_content && changes_.fills_content(message) && !renews_result;
    bool is_empty = changes_.would_be_empty(message) && !adds_content;
    note_losses(message);
    splice_.edit_members(members, [&](const SourceMember& member) -> MemberEdit {
      if (&member == content && changes_.flattens(message)) return {.value = one_text(message)};
      if (is_key(member, "content") && changes_.fills_content(message)) return {.value = quoted("")};
      if (&member == content && parts_.changes(message)) return parts_.edit(message, member.value);
      if (is_key(member, "content")) return edit_content(message);
      if (is_key(member, "role") && adds_content) return {.value = role_of(message) + R"(,"content":"")"};
      if (is_key(member, "role") && !changes_.new_role(message).empty())
        return {.value = quoted(changes_.new_role(message))};
      if (is_key(member, "name") && changes_.cuts_name(message)) return {.cut = true};
      if (is_key(member, "cache_control") && rules_.cut_cache_marks) return {.cut = true};
      if (is_key(member, "tool_call_id") && changes_.changes_id_of_result(message)) {
        return {.value = quoted(ids_->of(message.tool_call_id))};
      }
      if (changes_.cuts(message, member)) {
        const bool makes_room = lacks_content && std::exchange(is_empty, false);
        return makes_room ? MemberEdit{.key = "content", .value = quoted("")} : MemberEdit{.cut = true};
      }
      if (changes_.renews_call(message)) return renew_call(member);
      if (is_key(member, "tool_calls")) return edit_calls(message, member, &member == calls);
      if (&member == function_call && changes_.mends_function_call(message)) {
        return {.value = with_text_of_arguments(member.value)};
      }
      return renews_result ? renew_result(member, lacks_content) : MemberEdit();
    });
  }

  // Reports dropped members. The name of a tool's message is not reported, since its call has the name.
  void note_losses(const Message& message) {
    if (changes_.cuts_name(message) && message.role != Role::kTool) drops_.add("messages[].name");
    if (!changes_.cuts_marks(message)) return;
    drops_.add(message.cache_control.empty() ? "messages[].tool_calls[].cache_control" : "messages[].cache_control");
  }

  std::string one_text(const Message& message) {
    std::string text;
    for (const chat::Part& part : message.parts) {
      if (&part != &message.parts.front()) text += R"(\n)";
      text += part.text.text;
      if (part.cache_breakpoint) drops_.add("messages[].content[].cache_control");
    }
    return quoted(text);
  }

  std::string role_of(const Message& message) const {
    const std::string_view role = changes_.new_role(message);
    return quoted(role.empty() ? message.notes.role_text.text : role);
  }

  MemberEdit edit_content(const Message& message) const {
    if (!message.has_content && (changes_.renews_result(message) || changes_.would_be_empty(message)))
      return {.value = quoted("")};
    return {};
  }

  MemberEdit edit_calls(const Message& message, const SourceMember& member, bool counts) {
    const bool is_empty = message.notes.has_loose_calls && message.tool_calls.empty();
    if (is_empty) return {.cut = rules_.calls.mend};  // Some clients send [] for no calls.
    if (counts) edit_tool_calls(message.tool_calls, call_rules_, member.value, splice_);
    return {};
  }

  MemberEdit renew_call(const SourceMember& member) const {
    if (is_key(member, "tool_calls")) return {.cut = true};  // Null, or empty.
    if (!is_key(member, "function_call")) return {};
    const std::string function = with_text_of_arguments(member.value);
    return {.key = "tool_calls", .value = tool_calls_of_function_call({function}, call_id_)};
  }

  // Turns a function's result into a tool's result. It gets the id of the call before it, and a content, which a tool's
  // result must have.
  MemberEdit renew_result(const SourceMember& member, bool lacks_content) const {
    if (is_key(member, "tool_call_id")) return {.cut = true};
    if (!is_key(member, "name")) return {};
    return {.key = "tool_call_id", .value = quoted(call_id_) + (lacks_content ? R"(,"content":"")" : "")};
  }

  static std::string quoted(std::string_view word) { return '"' + std::string(word) + '"'; }

  const std::vector<Message>& messages_;
  const MessageRules& rules_;
  const MessageChanges changes_;
  SourceSplice& splice_;
  Drops& drops_;
  PartEdits parts_;
  std::optional<NineSignIds> ids_;
  ToolCallRules call_rules_ = rules_.calls;
  size_t calls_ = 0;  // Number of function calls so far; it is part of their ids.
  std::string call_id_ = "call_0";
};

}  // namespace

void edit_messages(const chat::Request& request, const MessageRules& rules, std::string_view array,
                   SourceSplice& splice, Drops& drops) {
  MessageEdits(request, rules, splice, drops).edit(array);
}

}  // namespace onellm::dialects::openai_chat
