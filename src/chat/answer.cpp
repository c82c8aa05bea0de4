#include "chat/answer.h"

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
  add_members(reply_extra, event.reply_extra, SameKey::kReplace);

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
    case EventKind::kExtra:
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
      break;
    case EventKind::kReasoning: choice.reasoning += event.text.text; break;
    case EventKind::kRefusal:
      choice.has_refusal = true;
      choice.refusal += event.text.text;
      break;
    case EventKind::kToolCallOpened: {
      AnswerToolCall& call = tool_call_at(choice, event.tool_call);
      call.custom = event.custom;
      call.id = event.id.text;
      call.name = event.name.text;
      break;
    }
    case EventKind::kToolArguments: tool_call_at(choice, event.tool_call).arguments += event.text.text; break;
    case EventKind::kFinished:
      choice.finish = event.finish;
      choice.native_finish = event.native_finish.text;
      break;
    case EventKind::kStarted:
    case EventKind::kExtra:
    case EventKind::kUsage:
    case EventKind::kCompleted:
    case EventKind::kFailed: break;
  }
  add_members(choice.choice_extra, event.choice_extra, SameKey::kAccumulate);
  std::string& extra = is_of_tool_call(event) ? tool_call_at(choice, event.tool_call).extra : choice.message_extra;
  add_members(extra, event.delta_extra, SameKey::kAccumulate);
}

}  // namespace onellm::chat
