#include "chat/answer/answer.h"

#include "base/assert.h"
#include "base/limits.h"
#include "chat/members.h"

namespace onellm::chat {

namespace {

AnswerToolCall& tool_call_at(AnswerChoice& choice, uint32_t index) {
  ONELLM_ASSERT(index < kToolCallsMax * kLegsMax);  // The answers of several legs may be joined to one.
  if (choice.tool_calls.size() <= index) choice.tool_calls.resize(index + 1);
  return choice.tool_calls[index];
}

// Parts of one text that follow one another are joined.
void note_text(AnswerChoice& choice, AnswerPart::Kind kind, const Event& event) {
  if (event.text.empty()) return;
  const bool continues = !choice.order.empty() && choice.order.back().kind == kind && !choice.order.back().is_break;
  if (!continues) choice.order.push_back({.kind = kind, .is_break = event.is_break});
  choice.order.back().size += event.text.text.size();
}

void note_leg(AnswerChoice& choice, const Event& event) {
  choice.order.push_back({.kind = AnswerPart::Kind::kLeg, .size = choice.legs.size()});
  AnswerLeg& leg = choice.legs.emplace_back();
  leg.name = event.name.text;
  if (event.origin == nullptr) return;
  leg.provider = event.origin->provider;
  leg.model = event.origin->model;
  leg.dialect = event.origin->dialect;
}

bool is_of_tool_call(const Event& event) {
  return event.kind == EventKind::kToolCallOpened || event.kind == EventKind::kToolArguments;
}

}  // namespace

AnswerChoice& Answer::choice_at(uint32_t index) {
  ONELLM_ASSERT(index < kChoicesMax);
  if (choices.size() <= index) choices.resize(index + 1);
  return choices[index];
}

void Answer::take(const Event& event) {
  take_others_of_reply(event);

  switch (event.kind) {
    case EventKind::kUsage: usage = *event.usage; return;
    case EventKind::kCompleted: completed = true; return;
    case EventKind::kFailed: error = *event.error; return;
    case EventKind::kStarted:
      if (id.empty()) id = event.id.text;
      if (model.empty()) model = event.name.text;
      if (created_s == 0) created_s = event.created_s;
      break;
    case EventKind::kText:
    case EventKind::kReasoning:
    case EventKind::kRefusal:
    case EventKind::kToolCallOpened:
    case EventKind::kToolArguments:
    case EventKind::kThinkingSigned:
    case EventKind::kPartSigned:
    case EventKind::kCitation:
    case EventKind::kMedia:
    case EventKind::kCode:
    case EventKind::kProviderPart:
    case EventKind::kExtra:
    case EventKind::kContentEnded:
    case EventKind::kFinished: break;
  }
  take_of_choice(event, choice_at(event.choice));
}

void Answer::take_of_choice(const Event& event, AnswerChoice& choice) {
  switch (event.kind) {
    case EventKind::kText:
      choice.has_text = true;
      // Reserves the exact size for a large text: growing by doubling would take too much memory.
      if (event.text.text.size() > kLargeEventBytes) choice.text.reserve(choice.text.size() + event.text.text.size());
      choice.text += event.text.text;
      note_text(choice, AnswerPart::Kind::kText, event);
      break;
    case EventKind::kReasoning:
      choice.reasoning += event.text.text;
      note_text(choice, AnswerPart::Kind::kReasoning, event);
      break;
    case EventKind::kRefusal:
      choice.has_refusal = true;
      choice.refusal += event.text.text;
      note_text(choice, AnswerPart::Kind::kRefusal, event);
      break;
    case EventKind::kToolCallOpened:
    case EventKind::kToolArguments: take_of_tool_call(event, choice); break;
    case EventKind::kFinished:
      choice.finish = event.finish;
      choice.native_finish = event.native_finish.text;
      choice.leg = event.name.text;
      if (event.error != nullptr) choice.error = *event.error;
      break;
    case EventKind::kStarted:
      // Signed reasoning and sources that an unfinished leg left behind are no part of the answer.
      if (!choice.others.empty()) choice.others.add({.kind = EventKind::kStarted});
      note_leg(choice, event);
      break;
    case EventKind::kThinkingSigned:
    case EventKind::kPartSigned:
    case EventKind::kCitation:
    case EventKind::kMedia:
    case EventKind::kCode:
    case EventKind::kProviderPart:
    case EventKind::kExtra:
    case EventKind::kContentEnded:
    case EventKind::kUsage:
    case EventKind::kCompleted:
    case EventKind::kFailed: break;
  }
  take_others(event, choice);
}

void Answer::take_of_tool_call(const Event& event, AnswerChoice& choice) {
  AnswerToolCall& call = tool_call_at(choice, event.tool_call);
  if (event.kind == EventKind::kToolCallOpened) {
    call.custom = event.custom;
    call.has_made_id = event.has_made_id;
    call.id = event.id.text;
    call.name = event.name.text;
    choice.order.push_back({.kind = AnswerPart::Kind::kCall, .size = event.tool_call});
  } else {
    call.arguments += event.text.text;
  }
  const bool is_signed = event.details != nullptr && !event.details->signature.empty();
  if (is_signed && !is_own(event)) call.signature = event.details->signature.text;
  if (event.delta_extra.empty()) return;
  call.extra_of = event.extra_of;
  add_members(call.extra, event.delta_extra, SameKey::kAccumulate);
}

// The event without what belongs to its kind, and without what the client's dialect would ignore.
Event Answer::others_of(const Event& event) const {
  Event kept{.kind = is_typed(event.kind) ? event.kind : EventKind::kExtra,
             .choice = event.choice,
             .extra_of = event.extra_of,
             .extra_holds = event.extra_holds,
             .details = event.details};
  if (client_ == DialectId::kNone || is_own(event)) {
    kept.delta_extra = event.delta_extra;
    kept.choice_extra = event.choice_extra;
    kept.reply_extra = event.reply_extra;
  }
  if (!is_own(event) || event.details == nullptr) return kept;
  const bool adds_something = event.details->characters_before > 0 || !event.details->gateway_members.empty();
  if (!adds_something) kept.details = nullptr;
  return kept;
}

void Answer::take_others_of_reply(const Event& event) {
  if (event.reply_extra.empty() && (event.details == nullptr || !event.details->is_of_reply())) return;
  Event of_reply = others_of(event);
  of_reply.kind = EventKind::kExtra;
  of_reply.delta_extra = of_reply.choice_extra = {};
  if (of_reply.details != nullptr && !of_reply.details->is_of_reply()) of_reply.details = nullptr;
  if (of_reply.has_extras() || of_reply.details != nullptr) others.add(of_reply);
}

void Answer::take_others(const Event& event, AnswerChoice& choice) {
  const bool typed = is_typed(event.kind);
  if (typed && is_own(event)) return;
  if (!typed && event.details == nullptr && event.delta_extra.empty() && event.choice_extra.empty()) return;
  Event of_choice = others_of(event);
  of_choice.reply_extra = {};
  if (is_of_tool_call(event)) of_choice.delta_extra = {};
  if (of_choice.details != nullptr && !typed && !of_choice.details->is_of_choice()) of_choice.details = nullptr;
  if (typed || of_choice.details != nullptr || of_choice.has_extras()) choice.others.add(of_choice);
  if (typed) choice.order.push_back({.kind = AnswerPart::Kind::kTyped, .size = choice.others.kept_count() - 1});
}

}  // namespace onellm::chat
