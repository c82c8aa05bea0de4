#include "dialects/openai_chat/client/request/messages.h"

#include <optional>

#include "dialects/common/client/extra_members.h"
#include "dialects/common/request/raw_values.h"
#include "dialects/openai_chat/client/request/content.h"
#include "dialects/openai_chat/client/request/tools.h"
#include "dialects/openai_chat/echoes/reasoning.h"

namespace onellm::dialects::openai_chat {

namespace {

using chat::Message;
using chat::Role;
using json::key_is;

struct RoleRow {
  std::string_view name;
  Role role;
};
constexpr RoleRow kRoles[] = {
    {"system", Role::kSystem},       {"developer", Role::kDeveloper}, {"user", Role::kUser},
    {"assistant", Role::kAssistant}, {"tool", Role::kTool},           {"function", Role::kFunction},
};

std::optional<Role> read_role(FieldReader& fields, json::Value& value, json::RawString& word) {
  fields.text(value, word);
  for (const RoleRow& row : kRoles) {
    if (json::key_is(word, row.name)) return row.role;
  }
  fields.complain("must be one of system, developer, user, assistant, tool, function");
  return std::nullopt;
}

// Checks what the role requires. Called when all members are read, since they may come in any order.
void check_by_role(FieldReader& fields, const Message& message) {
  const bool is_assistant = message.role == Role::kAssistant;
  if (!message.tool_calls.empty() && !is_assistant) {
    return fields.complain_of("tool_calls", "is only for messages of the assistant");
  }
  if (message.function_call && !is_assistant) {
    return fields.complain_of("function_call", "is only for messages of the assistant");
  }
  switch (message.role) {
    case Role::kSystem:
    case Role::kDeveloper:
    case Role::kUser: return fields.require(message.has_content, "content");
    case Role::kAssistant: {
      // An answer of only reasoning or audio comes back in members that are only passed on.
      const bool says_something = message.has_content || !message.tool_calls.empty() || message.function_call ||
                                  !message.refusal.empty() || !message.reasoning.empty() ||
                                  !message.thinking_blocks.empty() || !message.extra.empty();
      if (!says_something) fields.complain_of("content", "is required unless there are tool_calls");
      return;
    }
    case Role::kTool:
      fields.require(message.has_content, "content");
      return fields.require(message.tool_call_id.text.data() != nullptr, "tool_call_id");
    case Role::kFunction: return fields.require(!message.name.empty(), "name");
  }
}

class MessageDecoder {
 public:
  MessageDecoder(FieldReader& fields, chat::Request& request)
      : fields_(fields), request_(request), message_(request.messages.emplace_back()) {}

  void decode(json::Value& value) {
    fields_.all_members(value, [this](json::RawString key, json::Value& member) {
      if (!member.is_null()) return take(key, member);
      // Hosts that refuse this member refuse it even if it is null.
      message_.notes.echoes |= echoed_member(key) | (key_is(key, "content") ? 0 : echo::kNull);
    });
    if (fields_.complained()) return;
    message_.extra = extra_.finish(request_);
    fields_.require(role_.has_value(), "role");
    if (fields_.complained()) return;
    message_.role = *role_;
    check_by_role(fields_, message_);
    check_content_by_role(fields_, message_);
  }

 private:
  void take(json::RawString key, json::Value& value) {
    if (key_is(key, "role")) {
      role_ = read_role(fields_, value, message_.notes.role_text);
    } else if (key_is(key, "content")) {
      decode_content(fields_, value, message_);
    } else if (key_is(key, "name")) {
      fields_.text(value, message_.name);
    } else if (key_is(key, "tool_calls")) {
      decode_tool_calls(fields_, value, request_, message_.tool_calls);
      note_calls();
    } else if (key_is(key, "tool_call_id")) {
      fields_.text(value, message_.tool_call_id);
    } else if (key_is(key, "function_call")) {
      message_.function_call = decode_function_call(fields_, value);
    } else if (key_is(key, "refusal")) {
      fields_.text(value, message_.refusal);
    } else {
      message_.notes.echoes |= echoed_member(key);
      take_reasoning(key, value);
    }
  }

  void take_reasoning(json::RawString key, json::Value& value) {
    const json::Type type = value.type();
    if (type == json::Type::kArray && key_is(key, kThinkingBlocks)) {
      message_.thinking_blocks = decode_thinking_blocks(value);
    } else if (type == json::Type::kObject && key_is(key, kExtraContent)) {
      message_.signature = decode_signature(value, &message_.server_parts);
    } else if (type == json::Type::kString && (key_is(key, "reasoning_content") || key_is(key, "reasoning"))) {
      (void)value.read(message_.reasoning);
    } else {
      const json::Raw raw = value.raw();
      if (key_is(key, "cache_control")) message_.cache_control = raw;
      if (key_is(key, "phase")) message_.phase = text_of(raw);
      if (key_is(key, "audio")) message_.audio = raw;
      if (key_is(key, "images")) message_.images = raw;
      extra_.add(key, raw);
    }
  }

  void note_calls() {
    message_.notes.has_loose_calls = message_.tool_calls.empty();
    for (const chat::ToolCall& call : message_.tool_calls) {
      message_.notes.has_loose_calls = message_.notes.has_loose_calls || call.notes.is_loose;
      if (call.notes.has_provider_members) message_.notes.echoes |= echo::kExtraContent;
    }
  }

  FieldReader& fields_;
  chat::Request& request_;
  Message& message_;
  std::optional<Role> role_;
  ExtraMembers extra_;
};

}  // namespace

void decode_messages(FieldReader& fields, json::Value& value, chat::Request& request) {
  fields.elements(value, [&](json::Value& element) { MessageDecoder(fields, request).decode(element); });
  if (request.messages.empty()) fields.complain("must hold at least one message");
}

}  // namespace onellm::dialects::openai_chat
