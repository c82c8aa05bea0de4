#include "dialects/palm/request/conversation.h"

#include <utility>

namespace onellm::dialects::palm {

namespace {

using chat::Message;
using chat::Part;
using chat::PartKind;
using chat::Role;

constexpr std::string_view kBetweenParts = "\\n";
constexpr std::string_view kBetweenMessages = "\\n\\n";

void append_after(std::string& out, std::string_view between, std::string_view text) {
  if (text.empty()) return;
  if (!out.empty()) out += between;
  out += text;
}

class ConversationReader {
 public:
  explicit ConversationReader(const std::vector<Message>& messages) : messages_(messages) {}

  Conversation read() {
    for (size_t at = 0; at < messages_.size(); ++at) read_message(at);
    if (conversation_.turns.empty()) {
      refuse({.kind = ErrorKind::kBadRequest,
              .message = "messages must hold some text for the model.",
              .param = "messages"});
    } else if (!conversation_.turns.back().is_user) {
      refuse({.kind = ErrorKind::kBadRequest,
              .message = "messages must end with one of the user for PaLM.",
              .param = "messages"});
    }
    return std::move(conversation_);
  }

 private:
  void read_message(size_t at) {
    const Message& message = messages_[at];
    const std::string path = "messages[" + std::to_string(at) + "]";
    if (!message.tool_calls.empty()) refuse(lacks(path + ".tool_calls", "tools"));
    if (!message.audio.empty()) refuse(lacks(path + ".audio", "sound"));
    if (message.function_call) refuse(lacks(path + ".function_call", "tools"));
    switch (message.role) {
      case Role::kSystem:
      case Role::kDeveloper: return read_system(at, text_of(message, path));
      case Role::kUser: return add_turn(true, message, text_of(message, path));
      case Role::kAssistant: return add_turn(false, message, text_of(message, path));
      case Role::kTool:
      case Role::kFunction: return refuse(lacks(path + ".role", "tools"));
    }
  }

  std::string text_of(const Message& message, const std::string& path) {
    std::string text;
    for (size_t at = 0; at < message.parts.size(); ++at) {
      const Part& part = message.parts[at];
      if (part.kind != PartKind::kText && part.kind != PartKind::kRefusal) {
        refuse(lacks(path + ".content[" + std::to_string(at) + "]", "images, sound and files"));
      }
      append_after(text, kBetweenParts, part.text.text);
    }
    append_after(text, kBetweenParts, message.refusal.text);
    return text;
  }

  void read_system(size_t at, std::string text) {
    if (messages_[at].name.text == "example_user" && at + 1 < messages_.size() &&
        messages_[at + 1].name.text == "example_assistant") {
      example_input_ = std::move(text);
    } else if (messages_[at].name.text == "example_assistant" && !example_input_.empty()) {
      conversation_.examples.push_back({std::exchange(example_input_, {}), std::move(text)});
    } else {
      append_after(conversation_.context, kBetweenMessages, text);
    }
  }

  void add_turn(bool is_user, const Message& message, const std::string& text) {
    if (text.empty()) return;
    std::vector<Turn>& turns = conversation_.turns;
    if (turns.empty() || turns.back().is_user != is_user) {
      turns.push_back({.is_user = is_user, .author = std::string(message.name.text), .text = {}});
    }
    append_after(turns.back().text, kBetweenMessages, text);
  }

  void refuse(Error error) {
    if (!conversation_.error) conversation_.error = std::move(error);
  }

  const std::vector<Message>& messages_;
  Conversation conversation_;
  std::string example_input_;
};

}  // namespace

Conversation read_conversation(const std::vector<Message>& messages) { return ConversationReader(messages).read(); }

Error lacks(std::string param, std::string_view what) {
  std::string message = param + " cannot be sent: PaLM has no " + std::string(what) + ".";
  return {.kind = ErrorKind::kUnsupportedParameter, .message = std::move(message), .param = std::move(param)};
}

}  // namespace onellm::dialects::palm
