#include "dialects/openai_chat/request/splice/messages/message_changes.h"

#include <algorithm>

#include "dialects/openai_chat/echoes/reasoning.h"
#include "dialects/openai_chat/request/nine_sign_ids.h"

namespace onellm::dialects::openai_chat {

using chat::Message;
using chat::Role;

bool calls_function(const Message& message) { return message.function_call && message.tool_calls.empty(); }

bool MessageChanges::more_than_role(const Message& message) const {
  return renews_call(message) || renews_result(message) || (rules_.calls.mend && message.notes.has_loose_calls) ||
         mends_function_call(message) || cuts_echoes(message) || changes_ids(message) || cuts_name(message) ||
         cuts_marks(message) || fills_content(message) || flattens(message);
}

std::string_view MessageChanges::new_role(const Message& message) const {
  if (message.role == Role::kSystem) return rules_.system_as;
  if (message.role == Role::kDeveloper) return rules_.developer_as;
  return renews_result(message) ? "tool" : "";
}

bool MessageChanges::cuts_name(const Message& message) const {
  return rules_.cut_names && !message.name.empty() && message.role != Role::kFunction;
}

bool MessageChanges::cuts_marks(const Message& message) const {
  const auto is_marked = [](const chat::ToolCall& call) { return !call.cache_control.empty(); };
  return rules_.cut_cache_marks && (!message.cache_control.empty() ||
                                    std::any_of(message.tool_calls.begin(), message.tool_calls.end(), is_marked));
}

bool MessageChanges::changes_ids(const Message& message) const {
  const auto changes = [](const chat::ToolCall& call) { return !NineSignIds::is_one(call.id); };
  return rules_.call_ids == ToolCallIds::kNine &&
         (std::any_of(message.tool_calls.begin(), message.tool_calls.end(), changes) || changes_id_of_result(message));
}

bool MessageChanges::changes_id_of_result(const Message& message) const {
  return rules_.call_ids == ToolCallIds::kNine && message.role == Role::kTool &&
         !NineSignIds::is_one(message.tool_call_id);
}

bool MessageChanges::fills_content(const Message& message) const {
  return rules_.content != ContentForm::kAny && !message.has_content;
}

bool MessageChanges::flattens(const Message& message) const {
  const auto is_text = [](const chat::Part& part) { return part.kind == chat::PartKind::kText; };
  return rules_.content == ContentForm::kText && message.has_content && !message.content_is_text &&
         std::all_of(message.parts.begin(), message.parts.end(), is_text);
}

bool MessageChanges::would_be_empty(const Message& message) const {
  return message.role == Role::kAssistant && !message.has_content && message.tool_calls.empty() &&
         !message.function_call && message.refusal.empty() && message.audio.empty() && cuts_echoes(message);
}

bool MessageChanges::cuts(const Message& message, const chat::SourceMember& member) const {
  const EchoSet echoed = echoed_member({member.key}) | (member.value == "null" ? echo::kNull : 0);
  return (echoed & cut_of(message)) != 0;
}

bool MessageChanges::cuts_echoes(const Message& message) const { return (message.notes.echoes & cut_of(message)) != 0; }

EchoSet MessageChanges::cut_of(const Message& message) const {
  const bool is_idle = rules_.cut_idle_reasoning && message.tool_calls.empty();
  return rules_.cut | (is_idle ? echo::kReasoningContent : 0);
}

bool MessageChanges::renews_call(const Message& message) const {
  return rules_.renew_functions && calls_function(message);
}

bool MessageChanges::renews_result(const Message& message) const {
  return rules_.renew_functions && message.role == Role::kFunction;
}

bool MessageChanges::mends_function_call(const Message& message) const {
  return rules_.calls.mend && message.function_call && message.function_call->notes.is_loose;
}

}  // namespace onellm::dialects::openai_chat
