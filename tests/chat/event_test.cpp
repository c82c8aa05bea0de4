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

}  // namespace
}  // namespace onellm::chat
