#include "dialects/openai_chat/client/own_form/thinking_blocks.h"

#include <gtest/gtest.h>

#include "base/limits.h"
#include "json/reader.h"

namespace onellm::dialects::openai_chat {
namespace {

using chat::ThinkingBlock;

void add(ThinkingBlocks& blocks, const std::string& text, const std::string& signature) {
  blocks.add({.text = {text}, .signature = {signature}, .model = {"m"}});
}

TEST(ThinkingBlocks, HasNothingToSendBackAtFirst) { EXPECT_EQ(ThinkingBlocks().array(), ""); }

TEST(ThinkingBlocks, SaysWhatCameBeforeABlock) {
  ThinkingBlocks blocks;
  blocks.add({.signature = {"s"}, .model = {"m"}, .calls_before = 2});
  blocks.add({.redacted = true, .text = {"d"}, .model = {"m"}, .text_before = 7});
  blocks.add(
      {.redacted = true, .text = {"e"}, .model = {"m"}, .calls_before = 1, .text_before = ThinkingBlock::kAllText});
  EXPECT_EQ(blocks.array(),
            R"([{"type":"thinking","thinking":"","signature":"s","model":"m","after":{"tool_calls":2}},)"
            R"({"type":"redacted_thinking","data":"d","model":"m","after":{"text":7}},)"
            R"({"type":"redacted_thinking","data":"e","model":"m","after":{"tool_calls":1,"text":true}}])");
}

TEST(ThinkingBlocks, IsAllOrNothing) {
  ThinkingBlocks blocks;
  add(blocks, std::string(kThinkingBytesMax / 2, 'x'), "s");
  EXPECT_TRUE(json::is_valid(blocks.array()));
  EXPECT_NE(blocks.array(), "");
  add(blocks, std::string(kThinkingBytesMax / 2, 'x'), "s");
  EXPECT_EQ(blocks.array(), "");
  add(blocks, "short", "s");
  EXPECT_EQ(blocks.array(), "");
}

TEST(ThinkingBlocks, IsNothingIfABlockIsMissing) {
  ThinkingBlocks blocks;
  add(blocks, "a", "s");
  blocks.give_up();
  add(blocks, "b", "s");
  EXPECT_EQ(blocks.array(), "");
}

}  // namespace
}  // namespace onellm::dialects::openai_chat
