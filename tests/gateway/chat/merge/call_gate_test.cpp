#include "gateway/chat/merge/call_gate.h"

#include <gtest/gtest.h>

#include "gateway/merge/merger_fixture.h"

namespace onellm::gateway::test {
namespace {

using chat::Event;
using chat::EventKind;
using chat::FinishReason;

struct Gate : ::testing::Test {
  Lines take(const Event& event) {
    gate.take(event, recorder);
    return std::exchange(recorder.lines, {});
  }
  void call(uint32_t index) {
    take({.kind = EventKind::kToolCallOpened, .tool_call = index, .id = {"x"}, .name = {"f"}});
    take({.kind = EventKind::kToolArguments, .tool_call = index, .text = {"{"}});
    take({.kind = EventKind::kToolArguments, .tool_call = index, .text = {"}"}});
  }
  void finish(FinishReason reason) { take({.kind = EventKind::kFinished, .finish = reason}); }

  CallGate gate;
  Recorder recorder;
};

TEST_F(Gate, LetsEverythingButCallsPassAtOnce) {
  call(0);
  EXPECT_EQ(take({.kind = EventKind::kText, .text = {"a"}}), Lines{"text a"});
  EXPECT_EQ(take({.kind = EventKind::kReasoning, .text = {"b"}}), Lines{"reasoning b"});
  EXPECT_GT(gate.memory_bytes(), 0U);
}

TEST_F(Gate, HandsOnCallsBeforeTheFinishOfALegThatEndedWell) {
  for (const FinishReason reason : {FinishReason::kToolCalls, FinishReason::kStop, FinishReason::kFunctionCall}) {
    gate = CallGate();
    call(0);
    call(1);
    finish(reason);
    EXPECT_EQ(take({.kind = EventKind::kCompleted}),
              (Lines{"call 0 x f", "arguments 0 {}", "call 1 x f", "arguments 1 {}",
                     "finish " + std::string(chat::to_string(reason)), "completed"}));
    EXPECT_EQ(gate.memory_bytes(), 0U);
  }
}

TEST_F(Gate, HandsOnNoCallOfALegThatStoppedTooEarly) {
  for (const FinishReason reason : {FinishReason::kLength, FinishReason::kContentFilter, FinishReason::kError}) {
    gate = CallGate();
    call(0);
    finish(reason);
    EXPECT_EQ(take({.kind = EventKind::kCompleted}),
              (Lines{"finish " + std::string(chat::to_string(reason)), "completed"}));
  }
}

TEST_F(Gate, HandsOnNoCallOfALegThatFailed) {
  const Error error{.message = "cut"};
  call(0);
  finish(FinishReason::kToolCalls);
  EXPECT_EQ(take({.kind = EventKind::kFailed, .error = &error}), Lines{"failed cut"});
  EXPECT_EQ(gate.memory_bytes(), 0U);
}

}  // namespace
}  // namespace onellm::gateway::test
