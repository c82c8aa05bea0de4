#include "chat/event.h"

#include <gtest/gtest.h>

namespace onellm::chat {
namespace {

TEST(Event, IsContentWhereAReaderSeesSomething) {
  EXPECT_TRUE(is_content({.kind = EventKind::kText, .text = {"a"}}));
  EXPECT_TRUE(is_content({.kind = EventKind::kRefusal, .text = {"a"}}));
  EXPECT_TRUE(is_content({.kind = EventKind::kToolCallOpened}));
  EXPECT_TRUE(is_content({.kind = EventKind::kFinished}));
  EXPECT_FALSE(is_content({.kind = EventKind::kText}));
  EXPECT_FALSE(is_content({.kind = EventKind::kReasoning, .text = {"a"}}));
  EXPECT_FALSE(is_content({.kind = EventKind::kStarted}));
  EXPECT_FALSE(is_content({.kind = EventKind::kExtra}));
  EXPECT_FALSE(is_content({.kind = EventKind::kFailed}));
}

TEST(FinishReason, HasOpenAisWords) {
  EXPECT_EQ(to_string(FinishReason::kStop), "stop");
  EXPECT_EQ(to_string(FinishReason::kLength), "length");
  EXPECT_EQ(to_string(FinishReason::kToolCalls), "tool_calls");
  EXPECT_EQ(to_string(FinishReason::kContentFilter), "content_filter");
  EXPECT_EQ(to_string(FinishReason::kFunctionCall), "function_call");
  EXPECT_EQ(to_string(FinishReason::kError), "error");
}

}  // namespace
}  // namespace onellm::chat
