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
  chat::EventDetails details;
  details.thinking.text = {"c"};
  EXPECT_EQ(take({.kind = EventKind::kThinkingSigned, .details = &details}), Lines{"thinking_signed c"});
  EXPECT_EQ(take({.kind = EventKind::kContentEnded}), Lines{"content_ended"});
  EXPECT_EQ(take({.kind = EventKind::kExtra, .extra_holds = chat::ExtraHolds::kContent, .delta_extra = {"\"x\":1"}}),
            Lines{"extra +\"x\":1"});
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

TEST_F(Gate, HoldsBackACallInAnExtra) {
  const Event part{.extra_holds = chat::ExtraHolds::kCall, .delta_extra = {"\"call\":1"}};
  EXPECT_EQ(take(part), Lines{});
  finish(FinishReason::kFunctionCall);
  EXPECT_EQ(take({.kind = EventKind::kCompleted}), (Lines{"extra +\"call\":1", "finish function_call", "completed"}));
  gate = CallGate();
  EXPECT_EQ(take(part), Lines{});
  Event last = part;
  last.kind = EventKind::kFinished;
  last.finish = FinishReason::kLength;
  EXPECT_EQ(take(last), Lines{});
  EXPECT_EQ(take({.kind = EventKind::kCompleted}), (Lines{"finish length", "completed"}));
}

TEST_F(Gate, CountsSignaturesOfCallsApart) {
  const std::string signature(1000, 's');
  chat::EventDetails details;
  details.signature = {signature};
  take({.kind = EventKind::kToolCallOpened, .id = {"x"}, .name = {"f"}, .details = &details});
  EXPECT_EQ(gate.extra_bytes(), signature.size());
  EXPECT_EQ(gate.call_bytes(), gate.memory_bytes() - signature.size());
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
