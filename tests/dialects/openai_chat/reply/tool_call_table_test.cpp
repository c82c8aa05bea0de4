#include "dialects/openai_chat/reply/tool_call_table.h"

#include <gtest/gtest.h>

namespace onellm::dialects::openai_chat {
namespace {

TEST(TrackedToolCall, TakesAWholeObjectOfArgumentsOnce) {
  TrackedToolCall call;
  EXPECT_TRUE(call.hear({R"({\"city\":)"}));
  EXPECT_TRUE(call.hear({R"(\"Oslo\"})"}));
  EXPECT_FALSE(call.hear({R"({\"city\":\"Oslo\"})"}));
  EXPECT_FALSE(call.hear({R"({\"city\":\"Oslo\"})"})) << "a third time";
}

TEST(TrackedToolCall, TakesFragmentsThatAreTheSameByChance) {
  TrackedToolCall call;
  EXPECT_TRUE(call.hear({R"({\"a\":)"}));
  EXPECT_TRUE(call.hear({R"({\"a\":)"})) << "an object within the object";
  TrackedToolCall other;
  EXPECT_TRUE(other.hear({"{}"}));
  EXPECT_TRUE(other.hear({"[]"}));
}

TEST(TrackedToolCall, TakesAnyTextOfACustomTool) {
  TrackedToolCall call{.custom = true};
  EXPECT_TRUE(call.hear({"{}"}));
  EXPECT_TRUE(call.hear({"{}"}));
}

}  // namespace
}  // namespace onellm::dialects::openai_chat
