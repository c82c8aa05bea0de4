#include "dialects/gemini/request/messages/encoder.h"

#include <string>
#include <vector>

#include "dialects/common/splice/spliced_writer.h"
#include "dialects/common/tools/call_arguments.h"
#include "dialects/gemini/request/messages/answer.h"
#include "dialects/gemini/request/messages/media.h"
#include "dialects/gemini/request/messages/results.h"
#include "dialects/gemini/request/messages/writer.h"
#include "dialects/ids.h"

namespace onellm::dialects::gemini {

namespace {

using chat::Message;
using chat::Part;
using chat::PartKind;
using chat::ToolCall;
using Role = Contents::Role;

// Google's placeholder for the signature of a call that another model made, or whose signature the client lost.
constexpr std::string_view kNoSignature = "skip_thought_signature_validator";

// Placeholder texts of the user. A model turn must follow a user turn, and newer models refuse to continue a model
// turn. https://ai.google.dev/gemini-api/docs/function-calling
constexpr json::RawString kBegin{"Begin."};
constexpr json::RawString kContinue{"Continue."};

bool is_system(const Message& message) {
  return message.role == chat::Role::kSystem || message.role == chat::Role::kDeveloper;
}

bool is_of_assistant(const Message& message) { return message.role == chat::Role::kAssistant; }

bool has_text(const Message& message) {
  for (const Part& part : message.parts) {
    if (part.kind == PartKind::kText && !part.text.empty()) return true;
  }
  return false;
}

class ContentEncoder {
 public:
  explicit ContentEncoder(RequestDraft& draft) : draft_(draft), messages_(draft.request.messages) {
    while (conversation_ < messages_.size() && is_system(messages_[conversation_])) ++conversation_;
    for (size_t i = 0; i < messages_.size(); ++i) {
      if (messages_[i].role == chat::Role::kUser && has_text(messages_[i])) current_turn_ = i;
    }
  }

  void encode(json::ObjectWriter& body) {
    for (size_t i = 0; i < messages_.size(); ++i) note_left_out(i);
    // Gemini needs a user turn. If the request has only system messages, they become the user's turn.
    const bool instructs = draft_.rules.takes_system && conversation_ < messages_.size();
    if (instructs) write_system_instruction(body);
    (void)body.begin("contents");
    Contents contents(draft_.body);
    contents_ = &contents;
    if (!instructs) write_system_as_user();
    for (size_t i = conversation_; i < messages_.size();) {
      if (is_of_assistant(messages_[i])) {
        if (contents.turns() == 0) contents.add_text(Role::kUser, kBegin);
        write_model_message(i++);
      } else {
        i = write_user_turn(i);
      }
    }
    results_.write(draft_, contents);
    if (contents.last() == Role::kModel && !draft_.rules.takes_prefill) contents.add_text(Role::kUser, kContinue);
    contents.finish();
    if (contents.turns() == 0) draft_.refuse("messages", "must hold some text, image, sound or file for the model");
  }

 private:
  std::string path_of(size_t message, size_t part) const {
    return "messages[" + std::to_string(message) + "].content[" + std::to_string(part) + "]";
  }

  void write_system_instruction(json::ObjectWriter& body) {
    bool any = false;
    for (size_t i = 0; i < conversation_; ++i) any = any || has_text(messages_[i]);
    if (!any) return;
    json::ObjectWriter instruction(body.begin("systemInstruction"));
    json::ArrayWriter parts(instruction.begin("parts"));
    for (size_t i = 0; i < conversation_; ++i) {
      for (const Part& part : messages_[i].parts) {
        if (part.text.empty()) continue;
        json::ObjectWriter text(parts.next());
        add_viewed(draft_.body, text, "text", part.text);
      }
    }
  }

  void write_system_as_user() {
    for (size_t i = 0; i < conversation_; ++i) {
      for (const Part& part : messages_[i].parts) {
        if (part.text.empty()) continue;
        SplicedText& out = contents_->next(Role::kUser);
        out.text() += R"({"text":")";
        out.append(part.text.text);
        out.text() += R"(\n\n"})";  // Separates it from the user's text.
      }
    }
  }

  void note_left_out(size_t index) {
    const Message& message = messages_[index];
    if (!message.cache_control.empty()) draft_.drops.add("messages[].cache_control");
    if (!message.audio.empty()) {
      draft_.refuse("messages[" + std::to_string(index) + "].audio", "is an answer that this model cannot hear",
                    ErrorKind::kUnsupportedParameter);
    }
    const bool is_of_tool = message.role == chat::Role::kTool || message.role == chat::Role::kFunction;
    if (!message.name.empty() && !is_of_tool) draft_.drops.add("messages[].name");
    for (const Part& part : message.parts) {
      if (part.cache_breakpoint) draft_.drops.add("prompt_cache_breakpoint");
    }
  }

  // --- the model's turns ---

  void write_model_message(size_t index) {
    const Message& message = messages_[index];
    write_answer(draft_, message, *contents_);
    for (const ToolCall& call : message.tool_calls) write_call(call, index);
    if (message.function_call) write_call(*message.function_call, index);
  }

  void write_call(const ToolCall& call, size_t index) {
    if (!results_.expect(call)) {
      return draft_.refuse("messages[" + std::to_string(index) + "].tool_calls", "are too many calls in one turn");
    }
    SplicedText& out = contents_->next(Role::kModel);
    json::ObjectWriter part(out.text());
    {
      json::ObjectWriter function(part.begin("functionCall"));
      if (!call.id.empty()) function.add("id", call.id);
      function.add("name", draft_.names.sent(call.name));
      append_arguments(call, function.begin("args"));
    }
    const bool is_first = contents_->turns() != turn_with_call_;
    turn_with_call_ = contents_->turns();
    const bool must_be_signed = draft_.rules.signs_thoughts && is_first && (index >= current_turn_ || signs_all_turns_);
    const bool is_refused = draft_.options.without_thoughts && !call.signature.empty();
    if (is_refused) draft_.drops.add("messages[].tool_calls[].extra_content");
    if (!call.signature.empty() && !is_refused) {
      add_viewed(out, part, "thoughtSignature", call.signature);
    } else if (must_be_signed) {
      part.add_plain("thoughtSignature", kNoSignature);
    }
  }

  // --- the user's turns ---

  // Writes the messages up to the next assistant message and returns the index of that one.
  size_t write_user_turn(size_t begin) {
    size_t end = begin;
    std::vector<size_t> others;  // Messages that are no result of a call.
    for (; end < messages_.size() && !is_of_assistant(messages_[end]); ++end) {
      if (!results_.take(messages_[end], end)) others.push_back(end);
    }
    results_.write(draft_, *contents_);
    for (const size_t index : others) write_user_message(index);
    return end;
  }

  void write_user_message(size_t index) {
    const std::vector<Part>& parts = messages_[index].parts;
    for (size_t i = 0; i < parts.size(); ++i) {
      if (parts[i].kind == PartKind::kText || parts[i].kind == PartKind::kRefusal) {
        contents_->add_text(Role::kUser, parts[i].text);
      } else {
        const Media media = read_media(draft_, parts[i], path_of(index, i));
        write_media(contents_->next(Role::kUser), media);
      }
    }
  }

  RequestDraft& draft_;
  const std::vector<Message>& messages_;
  Contents* contents_ = nullptr;
  Results results_;
  size_t conversation_ = 0;  // Index of the first message after the leading system messages.
  size_t current_turn_ = 0;  // Index of the last user message with a text.
  // Only the current turn must be signed. Signing all turns keeps the prompt the same when the next turn begins.
  const bool signs_all_turns_ = draft_.request.source.dialect == kAnthropicMessages;
  size_t turn_with_call_ = 0;  // Value of contents_->turns() at the last call.
};

}  // namespace

void encode_contents(RequestDraft& draft, json::ObjectWriter& body) { ContentEncoder(draft).encode(body); }

}  // namespace onellm::dialects::gemini
