#include "gateway/merge/call_gate.h"

#include "chat/members.h"

namespace onellm::gateway {

namespace {

using chat::Event;
using chat::EventKind;
using chat::FinishReason;

bool ends_well(FinishReason reason) {
  switch (reason) {
    case FinishReason::kStop:
    case FinishReason::kToolCalls:
    case FinishReason::kFunctionCall: return true;
    case FinishReason::kLength:
    case FinishReason::kContentFilter:
    case FinishReason::kError: return false;
  }
  __builtin_unreachable();
}

// Answers to the deprecated `functions` have their one call among the members of the delta.
bool has_function_call(const Event& event) { return chat::has_value(event.delta_extra, "function_call"); }

// Drops what a finish says of such a call.
struct WithoutCall final : chat::EventSink {
  explicit WithoutCall(chat::EventSink& to) : sink(to) {}
  void take(const Event& event) override {
    Event without = event;
    if (has_function_call(event)) without.delta_extra = {};
    sink.take(without);
  }
  chat::EventSink& sink;
};

}  // namespace

void CallGate::take(const Event& event, chat::EventSink& sink) {
  if (event.kind != EventKind::kFinished && has_function_call(event)) return calls_.add(event);
  switch (event.kind) {
    case EventKind::kToolCallOpened:
    case EventKind::kToolArguments: return calls_.add(event);
    case EventKind::kFinished: is_whole_ = is_whole_ && ends_well(event.finish); return finish_.add(event);
    case EventKind::kCompleted: return complete(event, sink);
    case EventKind::kFailed:
      calls_.clear();
      finish_.clear();
      return sink.take(event);
    case EventKind::kStarted:
    case EventKind::kText:
    case EventKind::kReasoning:
    case EventKind::kRefusal:
    case EventKind::kExtra:
    case EventKind::kUsage: return sink.take(event);
  }
}

void CallGate::complete(const Event& event, chat::EventSink& sink) {
  if (is_whole_) {
    calls_.drain_to(sink);
    finish_.drain_to(sink);
  } else {
    WithoutCall without(sink);
    calls_.clear();
    finish_.drain_to(without);
  }
  sink.take(event);
}

}  // namespace onellm::gateway
