// The part of ReplyFlow that handles tool calls: whole ones, and those whose arguments come in pieces.
#include <utility>

#include "base/limits.h"
#include "dialects/common/tools/tool_call_id.h"
#include "dialects/common/tools/tool_names.h"
#include "dialects/gemini/reply/flow.h"

namespace onellm::dialects::gemini {

using chat::Event;
using chat::EventKind;

// A part with a name opens a new call, unless its id is that of the open call. A part without a name continues the open
// call, or ends it if the part is empty. A part that has nothing but a signature signs the last call.
void ReplyFlow::take_call(const Part& part, uint32_t index, chat::EventSink& sink) {
  const Choice& choice = choices_[index];
  const bool is_open = choice.open_call != nullptr;
  const bool says_something = !part.arguments.empty() || !part.partial_arguments.empty();
  const bool may_go_on = is_open || (!says_something && !part.signature.empty());
  const bool is_same = may_go_on && !part.id.empty() && part.id.text == choice.last_id;
  if (!part.name.empty() && !is_same) return open_call(part, index, sink);
  if (is_open) {
    take_partial_arguments(part, true, index, sink);
  } else if (says_something) {
    problem_ = "has the arguments of a call that it does not name";
  } else if (!part.signature.empty() && choice.calls > 0) {
    emit_arguments({}, index, part.signature, sink);
  }
}

// The client's name for the tool.
json::RawString ReplyFlow::name_of(const Part& part) const { return known_tool_name(renamed_tools_, part.name); }

void ReplyFlow::open_call(const Part& part, uint32_t index, chat::EventSink& sink) {
  close_call(index, sink);
  Choice& choice = choices_[index];
  if (choice.calls == kToolCallsMax) {
    problem_ = "has too many tool calls";
    return;
  }
  std::string id(part.id.text);
  if (id.empty()) {
    const std::string reply = (id_.empty() ? seed_ : id_) + '\n' + model_ + '\n' + std::to_string(created_s_);
    id = make_tool_call_id(reply, part.name.text, index, choice.calls);
  }
  chat::EventDetails details;
  details.signature = part.signature;
  Event event{.kind = EventKind::kToolCallOpened,
              .choice = index,
              .tool_call = choice.calls++,
              .has_made_id = part.id.empty(),
              .id = {id},
              .name = name_of(part)};
  choice.has_content = true;
  choice.last_id = part.id.text;
  emit(event, sink, part.signature.empty() ? nullptr : &details);

  text_.clear();
  json::compact_to(text_, part.arguments);
  const bool has_arguments = !text_.empty() && text_ != "{}";
  if (!has_arguments && (part.will_continue || !part.partial_arguments.empty())) {
    choice.open_call = std::make_unique<PartialArguments>();
    return take_partial_arguments(part, false, index, sink);  // The signature was emitted with the opening.
  }
  emit_arguments(text_.empty() ? "{}" : text_, index, {}, sink);
}

// A late signature still belongs to the call. Only a part that has no arguments and no willContinue ends the call:
// parts with arguments do not always set willContinue when more comes.
void ReplyFlow::take_partial_arguments(const Part& part, bool with_signature, uint32_t index, chat::EventSink& sink) {
  const json::RawString signature = with_signature ? part.signature : json::RawString();
  text_.clear();
  if (!part.partial_arguments.empty() && !choices_[index].open_call->add(part.partial_arguments, text_)) {
    problem_ = "has arguments of a call that do not fit together";
    return;
  }
  if (!text_.empty() || !signature.empty()) emit_arguments(text_, index, signature, sink);
  if (part.partial_arguments.empty() && !part.will_continue) close_call(index, sink);
}

void ReplyFlow::close_call(uint32_t index, chat::EventSink& sink) {
  Choice& choice = choices_[index];
  if (choice.open_call == nullptr) return;
  text_.clear();
  choice.open_call->close(text_);
  choice.open_call.reset();
  emit_arguments(text_, index, {}, sink);
}

void ReplyFlow::emit_arguments(std::string_view json, uint32_t index, json::RawString signature,
                               chat::EventSink& sink) {
  escaped_.clear();
  json::escape_to(escaped_, json);
  Event event{
      .kind = EventKind::kToolArguments, .choice = index, .tool_call = choices_[index].calls - 1, .text = {escaped_}};
  chat::EventDetails details;
  details.signature = signature;
  emit(event, sink, signature.empty() ? nullptr : &details);
}

}  // namespace onellm::dialects::gemini
