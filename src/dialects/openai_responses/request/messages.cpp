#include "dialects/openai_responses/request/messages.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dialects/common/splice/spliced_writer.h"
#include "dialects/ids.h"
#include "dialects/openai_responses/request/call_ids.h"
#include "dialects/openai_responses/request/content.h"
#include "dialects/openai_responses/request/messages/answer_order.h"
#include "dialects/openai_responses/request/messages/past_reasoning.h"

namespace onellm::dialects::openai_responses {

namespace {

using chat::Message;
using chat::Part;
using chat::Role;
using chat::ToolCall;

constexpr std::string_view kThinkingBlocks = "messages[].thinking_blocks";

bool takes_marks(const RequestDraft& draft) {
  const models::Contract& contract = draft.options.contract;
  return contract.takes_cache_options && contract.reasoning != models::Reasoning::kUnknown;
}

// True if the first message is the client's system prompt. It has no place for marks there.
bool may_instruct(const RequestDraft& draft) {
  const std::vector<Message>& messages = draft.request.messages;
  return draft.request.source.dialect == kAnthropicMessages && !takes_marks(draft) && messages.size() > 1 &&
         messages.front().notes.is_system;
}

void write_instructions(const Message& system, json::ObjectWriter& body) {
  std::string text;
  for (const Part& part : system.parts) {
    if (part.text.empty()) continue;
    if (!text.empty()) text += "\\n\\n";
    text += part.text.text;
  }
  if (!text.empty()) body.add("instructions", json::RawString{text});
}

class InputEncoder {
 public:
  InputEncoder(RequestDraft& draft, json::ArrayWriter& items) : draft_(draft), body_(draft.body), items_(items) {}

  void encode(size_t first_message) {
    for (size_t i = first_message; i < draft_.request.messages.size(); ++i) {
      const Message& message = draft_.request.messages[i];
      const bool is_result = message.role == Role::kTool || message.role == Role::kFunction;
      if (!message.name.empty() && !is_result) draft_.drops.add("messages[].name");
      switch (message.role) {
        case Role::kSystem:
        case Role::kDeveloper: write_message("developer", message); break;
        case Role::kUser: write_message("user", message); break;
        case Role::kAssistant: write_assistant(message); break;
        case Role::kTool:
        case Role::kFunction: write_result(message); break;
      }
    }
  }

 private:
  std::string& next() { return items_.next(); }

  void write_message(std::string_view role, const Message& message) {
    json::ObjectWriter item(next());
    item.add("type", json::RawString{"message"});
    item.add("role", json::RawString{role});
    json::ArrayWriter content(item.begin("content"));
    write_parts(message, content);
  }

  // A cache mark on the message covers all of it, so the last part gets the mark.
  void write_parts(const Message& message, json::ArrayWriter& content) {
    for (const Part& part : message.parts) {
      const bool is_end = &part == &message.parts.back() && !message.cache_control.empty();
      write_input_part(part, takes_marks_ && (part.cache_breakpoint || is_end), content.next(), draft_);
    }
  }

  void write_assistant(const Message& message) {
    if (!message.audio.empty()) {
      const auto index = static_cast<size_t>(&message - draft_.request.messages.data());
      draft_.refuse("messages[" + std::to_string(index) + "].audio", "is an answer that this model cannot hear");
    }
    if (!message.cache_control.empty()) draft_.drops.add("messages[].cache_control");
    std::vector<const ToolCall*> calls;
    calls.reserve(message.tool_calls.size() + 1);
    for (const ToolCall& call : message.tool_calls) calls.push_back(&call);
    if (message.function_call) calls.push_back(&*message.function_call);
    if (!calls.empty()) ids_.begin_message();
    const std::vector<PastReasoning> reasoning = reasoning_of(message);
    write_pieces(message, calls, reasoning, order_of(message, calls, reasoning, is_messages_));
  }

  std::vector<PastReasoning> reasoning_of(const Message& message) {
    std::vector<PastReasoning> found;
    if (message.thinking_blocks.empty()) return found;
    const std::string origin = draft_.origin();
    for (const chat::ThinkingBlock& block : message.thinking_blocks) {
      std::string item = past_reasoning(block, origin);
      if (!item.empty()) found.push_back({std::move(item), &block});
    }
    if (!draft_.options.without_thoughts || found.empty()) return found;
    draft_.drops.add(kThinkingBlocks);
    return {};
  }

  // Writes reasoning at its original place. Leaves it out if nothing follows it: the API refuses it alone.
  void write_pieces(const Message& message, const std::vector<const ToolCall*>& calls,
                    const std::vector<PastReasoning>& reasoning, const std::vector<AnswerPiece>& pieces) {
    size_t waiting = 0;  // Pieces of reasoning directly before this one.
    for (size_t at = 0; at < pieces.size();) {
      if (pieces[at].kind == AnswerPiece::Kind::kReasoning) {
        ++waiting;
        ++at;
        continue;
      }
      for (; waiting > 0; --waiting) next() += reasoning[pieces[at - waiting].index].item;
      if (pieces[at].kind == AnswerPiece::Kind::kCall) {
        write_call(*calls[pieces[at++].index]);
      } else {
        at = write_answer(message, pieces, at);
      }
    }
    if (waiting > 0 && is_messages_) draft_.drops.add(kThinkingBlocks);
  }

  // Writes the texts from `at` on that follow one another as one item. Returns the index of the piece behind them.
  size_t write_answer(const Message& message, const std::vector<AnswerPiece>& pieces, size_t at) {
    json::ObjectWriter item(next());
    item.add("type", json::RawString{"message"});
    item.add("role", json::RawString{"assistant"});
    if (!message.phase.empty()) item.add("phase", message.phase);
    json::ArrayWriter content(item.begin("content"));
    for (; at < pieces.size() && pieces[at].kind == AnswerPiece::Kind::kText; ++at) {
      if (pieces[at].index < message.parts.size()) {
        write_output_part(message.parts[pieces[at].index], content.next(), draft_);
        continue;
      }
      Part refusal;
      refusal.kind = chat::PartKind::kRefusal;
      refusal.text = message.refusal;
      write_output_part(refusal, content.next(), draft_);
    }
    return at;
  }

  void write_call(const ToolCall& call) {
    json::ObjectWriter item(next());
    item.add("type", json::RawString{call.custom ? "custom_tool_call" : "function_call"});
    item.add("call_id", json::RawString{ids_.add(call)});
    item.add("name", draft_.names.sent(call.name));
    if (call.custom) {
      add_viewed(body_, item, "input", call.arguments);
    } else if (!call.arguments_object.empty()) {
      std::string compact;
      json::compact_to(compact, call.arguments_object);
      item.add_plain("arguments", compact);
    } else {
      add_viewed(body_, item, "arguments", call.arguments.empty() ? json::RawString{"{}"} : call.arguments);
    }
  }

  void write_result(const Message& message) {
    if (message.is_error) draft_.drops.add("messages[].content[].is_error");
    const CallIds::Answered answered = ids_.answer(message);
    json::ObjectWriter item(next());
    item.add("type", json::RawString{answered.custom ? "custom_tool_call_output" : "function_call_output"});
    item.add("call_id", json::RawString{answered.id});
    // Where marks are sent, a mark that moves must change nothing else.
    const bool may_be_marked = is_messages_ ? takes_marks_ : !message.cache_control.empty();
    const bool is_plain = message.content_is_text && !may_be_marked;
    if (is_plain || message.parts.empty()) {
      return add_viewed(body_, item, "output", message.parts.empty() ? json::RawString{} : message.parts[0].text);
    }
    json::ArrayWriter output(item.begin("output"));
    write_parts(message, output);
  }

  RequestDraft& draft_;
  // Marks in Anthropic's form go only to models that are known to take them.
  const bool is_messages_ = draft_.request.source.dialect == kAnthropicMessages;
  const bool takes_marks_ = !is_messages_ || takes_marks(draft_);
  SplicedText& body_;
  json::ArrayWriter& items_;
  CallIds ids_;
};

}  // namespace

void write_input(RequestDraft& draft, json::ObjectWriter& body) {
  const bool instructs = may_instruct(draft);
  if (instructs) write_instructions(draft.request.messages.front(), body);
  json::ArrayWriter items(body.begin("input"));
  InputEncoder(draft, items).encode(instructs ? 1 : 0);
}

}  // namespace onellm::dialects::openai_responses
