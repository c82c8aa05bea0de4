#include "gateway/chat/merge/call_gate.h"

#include <string>

#include "json/reader.h"

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

// Some answers have a call in an extra.
bool has_call_in_extra(const Event& event) { return event.extra_holds == chat::ExtraHolds::kCall; }

// Removes the calls from a finish event: an extra with a call, and a finish reason for calls, which becomes `error`.
struct WithoutCall final : chat::EventSink {
  explicit WithoutCall(chat::EventSink& to) : sink(to) {}
  void take(const Event& event) override {
    Event without = event;
    if (has_call_in_extra(event)) {
      without.delta_extra = {};
      without.extra_holds = chat::ExtraHolds::kLabels;
    }
    const bool says_calls = event.finish == FinishReason::kToolCalls || event.finish == FinishReason::kFunctionCall;
    if (says_calls) without.finish = FinishReason::kError;
    sink.take(without);
  }
  chat::EventSink& sink;
};

// Finds a call whose arguments are not complete JSON. Some hosts end such an incomplete answer only with the end mark,
// with a finish reason of their own, or with `stop`.
struct HalfCallFinder final : chat::EventSink {
  void take(const Event& event) override {
    if (event.kind == EventKind::kToolCallOpened) end_call();
    if (event.kind != EventKind::kToolArguments || event.custom) return;
    if (event.tool_call != call) end_call();
    call = event.tool_call;
    arguments += event.text.text;
  }
  void end_call() {
    found = found || (!arguments.empty() && !json::is_valid(json::unescape(json::RawString{arguments})));
    arguments.clear();
  }
  bool found = false;
  uint32_t call = 0;
  std::string arguments;
};

}  // namespace

void CallGate::take(const Event& event, chat::EventSink& sink) {
  if (event.kind != EventKind::kFinished && has_call_in_extra(event)) return calls_.add(event);
  switch (event.kind) {
    case EventKind::kToolCallOpened:
    case EventKind::kToolArguments: return add_call(event);
    case EventKind::kFinished: is_whole_ = is_whole_ && ends_well(event.finish); return finish_.add(event);
    case EventKind::kCompleted: return complete(event, sink);
    case EventKind::kFailed:
      calls_.clear();
      finish_.clear();
      extra_bytes_ = 0;
      return sink.take(event);
    case EventKind::kStarted:
    case EventKind::kText:
    case EventKind::kReasoning:
    case EventKind::kRefusal:
    case EventKind::kExtra:
    case EventKind::kThinkingSigned:
    case EventKind::kPartSigned:
    case EventKind::kCitation:
    case EventKind::kMedia:
    case EventKind::kCode:
    case EventKind::kProviderPart:
    case EventKind::kContentEnded:
    case EventKind::kUsage: return sink.take(event);
  }
}

void CallGate::add_call(const Event& event) {
  const bool is_typed_only = event.delta_extra.empty() && event.details != nullptr;
  extra_bytes_ += is_typed_only ? event.details->signature.text.size() : event.delta_extra.text.size();
  calls_.add(event);
}

bool CallGate::has_half_call() const {
  HalfCallFinder finder;
  calls_.show(finder);
  finder.end_call();
  return finder.found;
}

void CallGate::complete(const Event& event, chat::EventSink& sink) {
  extra_bytes_ = 0;
  if (is_whole_ && !has_half_call()) {
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
