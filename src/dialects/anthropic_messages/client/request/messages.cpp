#include "dialects/anthropic_messages/client/request/messages.h"

#include <cstdint>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "dialects/anthropic_messages/client/request/answers.h"
#include "dialects/anthropic_messages/client/request/blocks.h"
#include "dialects/common/client/extra_members.h"

namespace onellm::dialects::anthropic_messages {

namespace {

using chat::Message;
using chat::Role;
using json::key_is;

struct RoleRow {
  std::string_view name;
  Role role;
};
constexpr RoleRow kRoles[] = {{"user", Role::kUser}, {"assistant", Role::kAssistant}, {"system", Role::kSystem}};

std::optional<Role> find_role(json::RawString word) {
  for (const RoleRow& row : kRoles) {
    if (key_is(word, row.name)) return row.role;
  }
  return std::nullopt;
}

class MessagesDecoder {
 public:
  MessagesDecoder(FieldReader& fields, chat::Request& request) : fields_(fields), request_(request) {}

  void decode(json::Value& value) {
    fields_.elements(value, [this](json::Value& element) {
      decode_message(element);
      ++place_;
    });
    end_turn();
    if (request_.messages.empty()) fields_.complain("must hold at least one message");
  }

 private:
  void decode_message(json::Value& value) {
    const std::optional<Role> role = find_role(value.peek("role"));
    Message message;
    message.role = role.value_or(Role::kUser);
    message.notes.place = place_;
    bool has_role = false;
    fields_.members(value, [&](json::RawString key, json::Value& member) {
      if (key_is(key, "role")) {
        has_role = true;
        json::RawString word;
        fields_.text(member, word);
        if (find_role(word) != role || !role) fields_.complain("must be user, assistant or system");
      } else if (key_is(key, "content") && role) {
        if (std::exchange(message.has_content, true)) return fields_.complain("is given twice");
        decode_content(member, message);
      }
    });
    fields_.require(has_role, "role");
    fields_.require(message.has_content, "content");
    if (fields_.complained()) return;
    add(std::move(message));
  }

  void decode_content(json::Value& value, Message& message) {
    if (message.role == Role::kAssistant) {
      AnswerDecoder answer(fields_, request_, message);
      answer.decode(value);
      summary_ = answer.summary();
    } else if (value.type() == json::Type::kArray) {
      decode_blocks(value, message);
    } else {
      message.content_is_text = BlockDecoder(fields_, request_).decode_content(value, message.parts);
    }
  }

  void decode_blocks(json::Value& value, Message& message) {
    BlockDecoder blocks(fields_, request_);
    uint32_t place = 0;
    fields_.elements(value, [&](json::Value& element) {
      const json::RawString type = element.peek("type");
      if (key_is(type, "tool_result") && message.role == Role::kUser) {
        decode_result(element, place);
      } else {
        blocks.decode(element, place, message.parts);
      }
      ++place;
    });
  }

  void decode_result(json::Value& value, uint32_t place) {
    Message result;
    result.role = Role::kTool;
    result.has_content = true;
    result.notes.place = place_;
    result.notes.block = place;
    ExtraMembers extra;
    fields_.members(value, [&](json::RawString key, json::Value& member) {
      if (key_is(key, "tool_use_id")) {
        fields_.text_not_empty(member, result.tool_call_id);
      } else if (key_is(key, "content")) {
        result.parts.clear();
        result.content_is_text = BlockDecoder(fields_, request_).decode_content(member, result.parts);
      } else if (key_is(key, "is_error")) {
        fields_.boolean(member, result.is_error);
      } else if (key_is(key, "cache_control")) {
        fields_.object(member, result.cache_control);
      } else if (!key_is(key, "type")) {
        extra.add(key, member.raw());
      }
    });
    fields_.require(!result.tool_call_id.empty(), "tool_use_id");
    if (fields_.complained()) return;
    result.extra = extra.finish(request_);
    results_.push_back(std::move(result));
  }

  void add(Message&& message) {
    if (message.role == Role::kAssistant) {
      end_turn();
      if (!summary_.empty()) request_.messages.push_back(take_summary());
      request_.messages.push_back(std::move(message));
      return;
    }
    // A message of results alone says nothing more.
    const bool is_spent = message.parts.empty() && !results_.empty() && results_.back().notes.place == place_;
    if (!is_spent) said_.push_back(std::move(message));
  }

  // Ends the user's turn: nothing may come between calls and their results.
  void end_turn() {
    std::vector<Message>& messages = request_.messages;
    messages.insert(messages.end(), std::make_move_iterator(results_.begin()), std::make_move_iterator(results_.end()));
    messages.insert(messages.end(), std::make_move_iterator(said_.begin()), std::make_move_iterator(said_.end()));
    results_.clear();
    said_.clear();
  }

  Message take_summary() {
    Message message;
    message.has_content = true;
    message.content_is_text = true;
    message.notes.place = place_;
    message.notes.is_only_copied = true;
    message.parts.emplace_back().text = std::exchange(summary_, {});
    return message;
  }

  FieldReader& fields_;
  chat::Request& request_;
  uint32_t place_ = 0;            // Of the current message.
  std::vector<Message> results_;  // Of the user's turn: results of tools,
  std::vector<Message> said_;     // and the rest of it.
  json::RawString summary_;       // Of the current message of the assistant.
};

}  // namespace

void decode_messages(FieldReader& fields, json::Value& value, chat::Request& request) {
  MessagesDecoder(fields, request).decode(value);
}

Message decode_system(FieldReader& fields, json::Value& value, chat::Request& request) {
  Message message;
  message.role = Role::kSystem;
  message.has_content = true;
  message.notes.is_system = true;
  message.content_is_text = BlockDecoder(fields, request).decode_content(value, message.parts);
  if (message.content_is_text && message.parts.front().text.empty()) message.parts.clear();
  return message;
}

}  // namespace onellm::dialects::anthropic_messages
