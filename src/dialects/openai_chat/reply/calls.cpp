// The part of ReplyFlow that passes on tool calls, one after another. Fragments of later calls are held until then.
#include <utility>

#include "base/limits.h"
#include "chat/members.h"
#include "dialects/common/tools/tool_call_id.h"
#include "dialects/common/tools/tool_names.h"
#include "dialects/openai_chat/reply/flow.h"

namespace onellm::dialects::openai_chat {

using chat::Event;
using chat::EventKind;

void ReplyFlow::take_tool_call(const Piece& piece, uint32_t choice_index, chat::EventSink& sink) {
  Choice& choice = choices_[choice_index];
  ToolCallTable& calls = choice.tool_calls;
  const size_t index = calls.place(piece);
  if (index == kToolCallsMax) {
    problem_ = "has too many tool calls";
    return;
  }
  json::RawString arguments = piece.text;
  if (!piece.arguments.empty()) {
    escaped_arguments_.clear();
    json::escape_to(escaped_arguments_, piece.arguments.text);
    arguments = {escaped_arguments_};
  }
  if (!calls.at(index).hear(arguments)) arguments = {};
  end_calls(choice_index, index, arguments.empty() ? CallEnd::kItsJson : CallEnd::kArgumentsOfNext, sink);
  if (index > choice.call_on_turn) {
    hold_call(calls.at(index), arguments, piece.extra);
  } else {
    say_of_call(choice_index, index, arguments, piece.extra, sink);
  }
  end_calls(choice_index, calls.count() - 1, CallEnd::kItsJson, sink);
}

void ReplyFlow::say_of_call(uint32_t choice_index, size_t index, json::RawString arguments, json::RawMembers extra,
                            chat::EventSink& sink) {
  TrackedToolCall& call = choices_[choice_index].tool_calls.at(index);
  // A call is opened when its name arrives. Arguments that come before the name open it without one.
  if (!call.opened && (!call.name.empty() || !arguments.empty())) {
    open_tool_call(choice_index, index, std::exchange(extra, {}), sink);
  }
  if (arguments.empty() && extra.empty()) return;
  if (!call.opened) open_tool_call(choice_index, index, {}, sink);
  call.follow(arguments);
  Event event{.kind = EventKind::kToolArguments,
              .choice = choice_index,
              .tool_call = static_cast<uint32_t>(index),
              .custom = call.custom,
              .text = arguments,
              .delta_extra = extra};
  emit(event, sink);
}

void ReplyFlow::hold_call(TrackedToolCall& call, json::RawString arguments, json::RawMembers extra) {
  held_call_bytes_ -= call.held_extra.size();
  call.held_arguments += arguments.text;
  chat::add_members(call.held_extra, extra, chat::SameKey::kAccumulate);
  held_call_bytes_ += arguments.text.size() + call.held_extra.size();
}

// Ends the current call and the calls after it that are complete, up to `until` (not included).
void ReplyFlow::end_calls(uint32_t choice_index, size_t until, CallEnd end, chat::EventSink& sink) {
  Choice& choice = choices_[choice_index];
  while (choice.call_on_turn < until) {
    const size_t index = choice.call_on_turn;
    const TrackedToolCall& call = choice.tool_calls.at(index);
    if (!has_ended(call, end)) return;
    if (!call.opened) open_tool_call(choice_index, index, {}, sink);
    // A call without arguments gets "{}", since clients parse the text as JSON.
    if (!call.has_arguments && !call.custom) say_of_call(choice_index, index, {"{}"}, {}, sink);
    if (++choice.call_on_turn == choice.tool_calls.count()) return;

    TrackedToolCall& next = choice.tool_calls.at(choice.call_on_turn);
    const std::string arguments = std::exchange(next.held_arguments, {});
    const std::string extra = std::exchange(next.held_extra, {});
    held_call_bytes_ -= arguments.size() + extra.size();
    say_of_call(choice_index, choice.call_on_turn, {arguments}, {extra}, sink);
  }
}

bool ReplyFlow::has_ended(const TrackedToolCall& call, CallEnd end) const {
  if (end == CallEnd::kReply || call.custom || held_call_bytes_ > kHeldTextBytesMax) return true;
  return call.has_arguments ? call.is_whole() : end == CallEnd::kArgumentsOfNext;
}

void ReplyFlow::open_tool_call(uint32_t choice_index, size_t index, json::RawMembers extra, chat::EventSink& sink) {
  TrackedToolCall& call = choices_[choice_index].tool_calls.at(index);
  call.opened = true;
  std::string id = call.id;
  if (id.empty()) {
    const std::string reply = seed_ + id_ + '\n' + model_ + '\n' + std::to_string(created_s_);
    id = make_tool_call_id(reply, call.name, choice_index, index);
  }
  Event event{.kind = EventKind::kToolCallOpened,
              .choice = choice_index,
              .tool_call = static_cast<uint32_t>(index),
              .custom = call.custom,
              .has_made_id = call.id.empty(),
              .id = {id},
              .name = known_tool_name(renamed_tools_, {call.name}),
              .delta_extra = extra};
  emit(event, sink);
}

}  // namespace onellm::dialects::openai_chat
