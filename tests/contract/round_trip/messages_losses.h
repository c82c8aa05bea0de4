// What a request of the Messages API loses on its way to Claude.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "chat/request.h"
#include "dialects/common/request/blank_text.h"

namespace onellm::contract {

// The API refuses texts of white space alone, so the gateway leaves them out.
inline void lose_blank_texts(chat::Message& message) {
  std::erase_if(message.parts, [](const chat::Part& part) {
    return part.kind == chat::PartKind::kText && part.raw.empty() && dialects::is_blank(part.text);
  });
}

// Only the provider that made a thought takes it: what the gateway wrapped for another one is left out, and so is what
// has no signature.
inline void lose_thoughts(chat::Message& message) {
  message.wrapped.clear();
  std::erase_if(message.thinking_blocks, [](const chat::ThinkingBlock& block) {
    return block.redacted ? block.text.empty() : block.signature.empty();
  });
}

// A text is always written as a list, so that a cache mark that moves on changes nothing else. Only a result without
// content gets an empty string. They mean the same.
inline void lose_form(chat::Message& message) {
  if (message.notes.is_only_copied) return;  // Never written: the block that it was copied from is.
  message.content_is_text = message.role == chat::Role::kTool && message.parts.empty();
  if (message.content_is_text) message.parts.emplace_back();
}

// What the user says between two answers is one turn, in which the results of tools come first. Instructions among it
// follow it, for the API takes them only at the end of the user's turn.
class TurnJoiner {
 public:
  explicit TurnJoiner(std::vector<chat::Message>& messages) : messages_(messages) {}

  void join() {
    std::vector<chat::Message> given = std::exchange(messages_, {});
    for (chat::Message& message : given) take(std::move(message));
    end_turn();
  }

 private:
  void take(chat::Message&& message) {
    const bool begins = messages_.empty() && said_.empty();
    if (message.role == chat::Role::kSystem && (begins || is_in_head_)) return add_to_head(std::move(message));
    is_in_head_ = false;
    if (message.role == chat::Role::kSystem) return append(std::move(message), system_);
    if (message.role == chat::Role::kUser && !message.notes.is_only_copied) return append(std::move(message), said_);
    if (message.role != chat::Role::kTool) end_turn();
    messages_.push_back(std::move(message));
  }

  // Instructions before all turns are one list.
  void add_to_head(chat::Message&& message) {
    if (is_in_head_) return append_parts(std::move(message), messages_.front());
    is_in_head_ = true;
    messages_.push_back(std::move(message));
  }

  static void append_parts(chat::Message&& from, chat::Message& to) {
    to.parts.insert(to.parts.end(), from.parts.begin(), from.parts.end());
  }
  static void append(chat::Message&& message, std::vector<chat::Message>& to) {
    if (!to.empty()) return append_parts(std::move(message), to.front());
    to.push_back(std::move(message));
  }

  void end_turn() {
    for (std::vector<chat::Message>* waiting : {&said_, &system_}) {
      for (chat::Message& message : *waiting) messages_.push_back(std::move(message));
      waiting->clear();
    }
  }

  std::vector<chat::Message>& messages_;
  std::vector<chat::Message> said_;    // One message at most.
  std::vector<chat::Message> system_;  // Likewise.
  bool is_in_head_ = false;
};

inline void lose_in_messages(chat::Request& request) {
  // An empty object says nothing.
  std::erase_if(request.unknown, [](const chat::Parameter& parameter) {
    return parameter.name == "output_config" && parameter.value.text == "{}";
  });
  for (chat::Message& message : request.messages) {
    lose_blank_texts(message);
    lose_thoughts(message);
  }
  std::erase_if(request.messages, [](const chat::Message& message) {
    const bool says_nothing = message.parts.empty() && message.tool_calls.empty() && message.thinking_blocks.empty();
    return message.role == chat::Role::kAssistant && says_nothing;
  });
  TurnJoiner(request.messages).join();
  for (chat::Message& message : request.messages) lose_form(message);
}

}  // namespace onellm::contract
