#include "dialects/anthropic_messages/reply/thinking_blocks.h"

#include <gtest/gtest.h>

#include "base/limits.h"
#include "json/reader.h"

namespace onellm::dialects::anthropic_messages {
namespace {

void add(ThinkingBlocks& blocks, const std::string& text, const std::string& signature) {
  blocks.open({});
  blocks.add_text({text});
  if (!signature.empty()) blocks.sign({signature});
  blocks.close({"m"});
}

TEST(ThinkingBlocks, HasNothingToSendBackAtFirst) { EXPECT_EQ(ThinkingBlocks().array(), ""); }

TEST(ThinkingBlocks, SaysWhatCameBeforeABlock) {
  ThinkingBlocks blocks;
  blocks.open({.calls_before = 2, .text_before = 0});
  blocks.sign({"s"});
  blocks.close({"m"});
  blocks.add_redacted({"d"}, {.calls_before = 0, .text_before = 7}, {"m"});
  EXPECT_EQ(blocks.array(),
            R"([{"type":"thinking","thinking":"","signature":"s","model":"m","after":{"tool_calls":2}},)"
            R"({"type":"redacted_thinking","data":"d","model":"m","after":{"text":7}}])");
}

TEST(ThinkingBlocks, LeavesOutWhatNobodySigned) {
  ThinkingBlocks blocks;
  add(blocks, "unsigned", "");
  EXPECT_EQ(blocks.array(), "");
  add(blocks, "a", "s");
  const std::string one = blocks.array();
  add(blocks, "unsigned", "");
  EXPECT_EQ(blocks.array(), one);
}

TEST(ThinkingBlocks, IsAllOrNothing) {
  ThinkingBlocks blocks;
  add(blocks, std::string(kThinkingBytesMax / 2, 'x'), "s");
  EXPECT_TRUE(json::is_valid(blocks.array()));
  EXPECT_NE(blocks.array(), "");
  add(blocks, std::string(kThinkingBytesMax / 2, 'x'), "s");
  EXPECT_EQ(blocks.array(), "");
  add(blocks, "short", "s");
  add(blocks, "unsigned", "");
  EXPECT_EQ(blocks.array(), "");
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
