#include "dialects/openai_chat/request/compose/messages.h"

#include <string>
#include <string_view>

#include "chat/members.h"
#include "dialects/openai_chat/echoes/reasoning.h"
#include "dialects/openai_chat/request/compose/content.h"

namespace onellm::dialects::openai_chat {

namespace {

using chat::Message;
using chat::Role;
using chat::ToolCall;

std::string_view word_of(Role role) {
  switch (role) {
    case Role::kSystem: return "system";
    case Role::kDeveloper: return "developer";
    case Role::kUser: return "user";
    case Role::kAssistant: return "assistant";
    case Role::kTool: return "tool";
    case Role::kFunction: return "function";
  }
  __builtin_unreachable();
}

// {"google":{"parts":[…],"thought_signature":"…"}}: Google's endpoint of OpenAI's format wants it back.
void write_of_google(json::RawString signature, json::Raw parts, std::string& out) {
  json::ObjectWriter object(out);
  json::ObjectWriter google(object.begin("google"));
  if (!parts.empty()) google.add("parts", parts);
  if (!signature.empty()) google.add("thought_signature", signature);
}

void write_arguments(const ToolCall& call, json::ObjectWriter& function) {
  if (!call.arguments_object.empty()) {
    std::string compact;
    json::compact_to(compact, call.arguments_object);
    return function.add_plain("arguments", compact);
  }
  function.add("arguments", call.arguments.empty() ? json::RawString{"{}"} : call.arguments);
}

void write_thinking_block(const chat::ThinkingBlock& block, std::string& out) {
  json::ObjectWriter object(out);
  object.add("type", json::RawString{block.redacted ? "redacted_thinking" : "thinking"});
  object.add(block.redacted ? "data" : "thinking", block.text);
  if (!block.signature.empty()) object.add("signature", block.signature);
  if (!block.model.empty()) object.add("model", block.model);
  if (block.calls_before == 0 && block.text_before == 0) return;
  json::ObjectWriter after(object.begin("after"));
  if (block.calls_before > 0) after.add("tool_calls", int64_t{block.calls_before});
  if (block.text_before == chat::ThinkingBlock::kAllText) return after.add("text", true);
  if (block.text_before > 0) after.add("text", block.text_before);
}

class MessageWriter {
 public:
  MessageWriter(const Message& message, ComposeDraft& draft, std::string& out)
      : message_(message), draft_(draft), object_(out) {}

  void write() {
    object_.add("role", json::RawString{word_of(message_.role)});
    const bool is_result = message_.role == Role::kTool || message_.role == Role::kFunction;
    if (!message_.name.empty()) object_.add("name", is_result ? draft_.names.sent(message_.name) : message_.name);
    if (message_.role == Role::kTool || !message_.tool_call_id.empty()) {
      object_.add("tool_call_id", message_.tool_call_id);
    }
    write_content(message_, draft_, object_);
    if (!message_.refusal.empty()) object_.add("refusal", message_.refusal);
    write_reasoning();
    write_calls();
    if (!message_.phase.empty() && is_free("phase")) object_.add("phase", message_.phase);
    if (!message_.audio.empty() && is_free("audio")) object_.add("audio", message_.audio);
    if (!message_.images.empty() && is_free("images")) object_.add("images", message_.images);
    if (draft_.is_own) object_.add(message_.extra);
  }

 private:
  // False if the unknown members have that key.
  [[nodiscard]] bool is_free(std::string_view key) const {
    return !draft_.is_own || !chat::has_member(message_.extra, key);
  }

  void write_reasoning() {
    if (!message_.reasoning.empty()) {
      const std::string_view key = is_free("reasoning_content") ? "reasoning_content" : "reasoning";
      if (is_free(key)) object_.add(key, message_.reasoning);
    }
    const bool is_signed = !message_.signature.empty() || !message_.server_parts.empty();
    if (is_signed && is_free(kExtraContent)) {
      write_of_google(message_.signature, message_.server_parts, object_.begin(kExtraContent));
    }
    if (message_.thinking_blocks.empty()) return;
    if (!draft_.is_own) return draft_.drops.add("messages[].thinking_blocks");
    if (!is_free(kThinkingBlocks)) return;
    json::ArrayWriter blocks(object_.begin(kThinkingBlocks));
    for (const chat::ThinkingBlock& block : message_.thinking_blocks) write_thinking_block(block, blocks.next());
  }

  void write_calls() {
    if (!message_.tool_calls.empty()) {
      json::ArrayWriter calls(object_.begin("tool_calls"));
      for (const ToolCall& call : message_.tool_calls) write_call(call, calls.next());
    }
    if (!message_.function_call) return;
    json::ObjectWriter function(object_.begin("function_call"));
    function.add("name", draft_.names.sent(message_.function_call->name));
    write_arguments(*message_.function_call, function);
  }

  void write_call(const ToolCall& call, std::string& out) {
    const std::string_view type = call.custom ? "custom" : "function";
    json::ObjectWriter object(out);
    object.add("id", call.id);
    object.add("type", json::RawString{type});
    {
      json::ObjectWriter body(object.begin(type));
      body.add("name", draft_.names.sent(call.name));
      if (call.custom) {
        body.add("input", call.arguments);
      } else {
        write_arguments(call, body);
      }
    }
    const bool is_taken = draft_.is_own && chat::has_member(call.extra, kExtraContent);
    if (!call.signature.empty() && !is_taken) write_of_google(call.signature, {}, object.begin(kExtraContent));
    if (draft_.is_own) object.add(call.extra);
  }

  const Message& message_;
  ComposeDraft& draft_;
  json::ObjectWriter object_;
};

}  // namespace

void write_messages(ComposeDraft& draft, json::ObjectWriter& body) {
  json::ArrayWriter messages(body.begin("messages"));
  for (const Message& message : draft.request.messages) MessageWriter(message, draft, messages.next()).write();
}

}  // namespace onellm::dialects::openai_chat
