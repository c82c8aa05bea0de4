#include "chat/event.h"

#include <gtest/gtest.h>

namespace onellm::chat {
namespace {

TEST(FinishReason, HasOpenAisWords) {
  EXPECT_EQ(to_string(FinishReason::kStop), "stop");
  EXPECT_EQ(to_string(FinishReason::kLength), "length");
  EXPECT_EQ(to_string(FinishReason::kToolCalls), "tool_calls");
  EXPECT_EQ(to_string(FinishReason::kContentFilter), "content_filter");
  EXPECT_EQ(to_string(FinishReason::kFunctionCall), "function_call");
  EXPECT_EQ(to_string(FinishReason::kError), "error");
}

TEST(Event, IsContentIfAClientCanUseItAsAnAnswer) {
  EXPECT_TRUE(is_content({.kind = EventKind::kText, .text = {"a"}}));
  EXPECT_FALSE(is_content({.kind = EventKind::kText}));
  EXPECT_TRUE(is_content({.kind = EventKind::kRefusal, .text = {"a"}}));
  EXPECT_TRUE(is_content({.kind = EventKind::kToolCallOpened}));
  EXPECT_TRUE(is_content({.kind = EventKind::kMedia}));
  for (const EventKind kind : {EventKind::kStarted, EventKind::kReasoning, EventKind::kThinkingSigned,
                               EventKind::kCitation, EventKind::kExtra, EventKind::kFinished, EventKind::kUsage}) {
    EXPECT_FALSE(is_content({.kind = kind, .text = {"a"}}));
    EXPECT_TRUE(is_content({.kind = kind, .extra_holds = ExtraHolds::kContent}));
    EXPECT_TRUE(is_content({.kind = kind, .extra_holds = ExtraHolds::kCall}));
  }
}

TEST(Event, BeginsAnAnswerUnlessItMayComeWithoutOne) {
  for (const EventKind kind : {EventKind::kStarted, EventKind::kUsage}) EXPECT_FALSE(begins_answer(kind));
  for (const EventKind kind : {EventKind::kText, EventKind::kExtra, EventKind::kCompleted, EventKind::kFailed}) {
    EXPECT_TRUE(begins_answer(kind));
  }
}

}  // namespace
}  // namespace onellm::chat
