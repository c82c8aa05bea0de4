#include "dialects/openai_chat/message_edits.h"

#include <algorithm>
#include <string>

#include "dialects/openai_chat/legacy_functions.h"
#include "dialects/openai_chat/source_members.h"
#include "json/reader.h"

namespace onellm::dialects {

namespace {

using chat::Message;
using chat::Part;
using chat::Role;
using chat::SourceMember;

constexpr std::string_view kBreakpoint = "prompt_cache_breakpoint";

bool is_key(const SourceMember& member, std::string_view key) { return json::key_is({member.key}, key); }

class MessageEdits {
 public:
  MessageEdits(const chat::Request& request, const MessageRules& rules, SourceSplice& splice, Drops& drops)
      : messages_(request.messages), rules_(rules), splice_(splice), drops_(drops) {}

  void edit(std::string_view array) {
    const bool reads = (rules_.renew_functions || rules_.cut_breakpoints) &&
                       std::any_of(messages_.begin(), messages_.end(), [this](const Message& m) { return is_old(m); });
    if (reads) return edit_read(array);
    if (rules_.system_as.empty() && rules_.developer_as.empty()) return;
    for (const Message& message : messages_) edit_role(message);
  }

 private:
  // Messages of which more than the role changes.
  bool is_old(const Message& message) const {
    return (rules_.renew_functions && (calls_function(message) || message.role == Role::kFunction)) ||
           (rules_.cut_breakpoints && has_breakpoint(message));
  }
  static bool calls_function(const Message& message) { return message.function_call && message.tool_calls.empty(); }
  static bool has_breakpoint(const Message& message) {
    return std::any_of(message.parts.begin(), message.parts.end(),
                       [](const Part& part) { return part.cache_breakpoint; });
  }

  std::string_view new_role(const Message& message) const {
    if (message.role == Role::kSystem) return rules_.system_as;
    if (message.role == Role::kDeveloper) return rules_.developer_as;
    return message.role == Role::kFunction && rules_.renew_functions ? "tool" : "";
  }

  void edit_role(const Message& message) {
    const std::string_view role = new_role(message);
    if (!role.empty()) splice_.replace(message.role_text.text, std::string(role));
  }

  void edit_read(std::string_view array) {
    size_t next = 0;
    const auto is_wanted = [this](size_t index) { return is_old(messages_[index]); };
    read_elements(array, is_wanted, [&](size_t index, std::string_view element) {
      for (; next < index; ++next) edit_role(messages_[next]);
      edit_old(messages_[index], element);
      ++next;
    });
    for (; next < messages_.size(); ++next) edit_role(messages_[next]);
  }

  void edit_old(const Message& message, std::string_view element) {
    if (calls_function(message)) call_id_ = "call_" + std::to_string(++calls_);
    const std::vector<SourceMember> members = read_members(element);
    const bool lacks_content = std::none_of(members.begin(), members.end(),
                                            [](const SourceMember& member) { return is_key(member, "content"); });
    splice_.edit_members(members, [&](const SourceMember& member) -> MemberEdit {
      if (is_key(member, "content") && has_breakpoint(message)) return cut_breakpoints(message, member.value);
      if (is_key(member, "role") && !new_role(message).empty()) return {.value = quoted(new_role(message))};
      if (!rules_.renew_functions) return {};
      if (calls_function(message)) return renew_call(member);
      return message.role == Role::kFunction ? renew_result(message, member, lacks_content) : MemberEdit();
    });
  }

  MemberEdit renew_call(const SourceMember& member) const {
    if (is_key(member, "tool_calls")) return {.cut = true};  // Null, or empty.
    if (!is_key(member, "function_call")) return {};
    return {.key = "tool_calls", .value = tool_calls_of_function_call({member.value}, call_id_)};
  }

  // A result answers the call before it, which had no id; unlike it, that of a tool must have a content.
  MemberEdit renew_result(const Message& message, const SourceMember& member, bool lacks_content) const {
    if (is_key(member, "tool_call_id")) return {.cut = true};
    if (is_key(member, "name")) {
      return {.key = "tool_call_id", .value = quoted(call_id_) + (lacks_content ? R"(,"content":"")" : "")};
    }
    if (is_key(member, "content") && !message.has_content) return {.value = quoted("")};
    return {};
  }

  MemberEdit cut_breakpoints(const Message& message, std::string_view content) {
    const std::vector<Part>& parts = message.parts;
    const auto is_wanted = [&parts](size_t index) { return index < parts.size() && parts[index].cache_breakpoint; };
    read_elements(content, is_wanted, [this](size_t /*index*/, std::string_view part) {
      const std::vector<SourceMember> members = read_members(part);
      splice_.edit_members(members, [this](const SourceMember& member) -> MemberEdit {
        if (!is_key(member, kBreakpoint)) return {};
        drops_.add(kBreakpoint);
        return {.cut = true};
      });
    });
    return {};
  }

  static std::string quoted(std::string_view word) { return '"' + std::string(word) + '"'; }

  const std::vector<Message>& messages_;
  const MessageRules& rules_;
  SourceSplice& splice_;
  Drops& drops_;
  size_t calls_ = 0;  // Of functions so far; their ids are numbers.
  std::string call_id_ = "call_0";
};

}  // namespace

void edit_messages(const chat::Request& request, const MessageRules& rules, std::string_view array,
                   SourceSplice& splice, Drops& drops) {
  MessageEdits(request, rules, splice, drops).edit(array);
}

}  // namespace onellm::dialects
