// What a sequence of events says, whatever the dialect: the facts that each case of the contract expects.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "chat/event.h"
#include "support/transcript.h"

namespace onellm::contract {

struct Call {
  std::string id;
  std::string name;
  std::string arguments;  // The inside of a JSON string.
};

// Takes the events of one answer with one choice.
class Facts final : public chat::EventSink {
 public:
  void take(const chat::Event& event) override {
    lines.push_back(test::describe(event));
    if (completed || failed) disorder = "an event follows the last one";
    check_order(event);
    note(event);
  }

  // The events, one a line.
  [[nodiscard]] std::string transcript() const {
    std::string out;
    for (const std::string& line : lines) out += line + '\n';
    return out;
  }
  [[nodiscard]] bool has_ended() const { return completed || failed; }

  std::vector<std::string> lines;
  std::string text;
  std::string refusal;
  std::vector<Call> calls;
  std::optional<chat::FinishReason> finish;
  std::optional<chat::Usage> usage;
  bool completed = false;
  bool failed = false;
  std::string disorder;  // How the events break the order that chat/event.h documents; empty: they keep it.

 private:
  void check_order(const chat::Event& event) {
    using chat::EventKind;
    const bool is_of_answer =
        event.kind == EventKind::kUsage || event.kind == EventKind::kCompleted || event.kind == EventKind::kFailed;
    if (is_of_answer) return;
    if (event.kind == EventKind::kStarted) {
      if (!started_.insert(event.choice).second) disorder = "a choice starts twice";
      return;
    }
    if (!started_.contains(event.choice)) disorder = "a choice has an event before it starts";
    if (event.kind == EventKind::kFinished && !finished_.insert(event.choice).second) {
      disorder = "a choice finishes twice";
    }
  }

  void note(const chat::Event& event) {
    using chat::EventKind;
    if (event.kind == EventKind::kText) text += event.text.text;
    if (event.kind == EventKind::kRefusal) refusal += event.text.text;
    if (event.kind == EventKind::kToolCallOpened) {
      if (event.tool_call != calls.size()) disorder = "a call has the wrong number";
      calls.push_back({std::string(event.id.text), std::string(event.name.text), {}});
    }
    if (event.kind == EventKind::kToolArguments) {
      if (event.tool_call >= calls.size()) {
        disorder = "arguments come before their call";
      } else {
        calls[event.tool_call].arguments += event.text.text;
      }
    }
    if (event.kind == EventKind::kFinished) finish = event.finish;
    if (event.kind == EventKind::kUsage) usage = *event.usage;
    if (event.kind == EventKind::kCompleted) completed = true;
    if (event.kind == EventKind::kFailed) failed = true;
  }

  std::set<uint32_t> started_;
  std::set<uint32_t> finished_;
};

}  // namespace onellm::contract
