#include "dialects/anthropic_messages/reply/thinking.h"

#include <gtest/gtest.h>

#include "base/limits.h"
#include "support/transcript.h"

namespace onellm::dialects::anthropic_messages {
namespace {

using Lines = std::vector<std::string>;

TEST(OpenThinking, PassesOnABlockWithItsSignatureAndPlace) {
  OpenThinking thinking;
  test::Recorder recorder;
  thinking.open({.calls_before = 2, .text_before = 7});
  EXPECT_TRUE(thinking.is_open());
  thinking.add_text({"a"});
  thinking.add_text({"b"});
  thinking.sign({"s"});
  EXPECT_TRUE(thinking.close({"m"}, recorder));
  EXPECT_FALSE(thinking.is_open());
  thinking.open({});
  thinking.sign({"t"});
  EXPECT_TRUE(thinking.close({"m"}, recorder));
  EXPECT_EQ(recorder.lines, (Lines{R"(thinking_signed 0 "ab" signature s model m after calls 2 after text 7)",
                                   R"(thinking_signed 0 "" signature t model m)"}));
}

TEST(OpenThinking, LeavesOutABlockThatNobodySigned) {
  OpenThinking thinking;
  test::Recorder recorder;
  thinking.open({});
  thinking.add_text({"unsigned"});
  EXPECT_FALSE(thinking.close({"m"}, recorder));
  thinking.open({});
  thinking.add_text({"signed"});
  thinking.sign({"s"});
  EXPECT_TRUE(thinking.close({"m"}, recorder));
  EXPECT_EQ(recorder.lines, Lines{R"(thinking_signed 0 "signed" signature s model m)"});
}

TEST(OpenThinking, LeavesOutATextThatIsTooLong) {
  OpenThinking thinking;
  test::Recorder recorder;
  const std::string half(kThinkingBytesMax / 2 + 1, 'x');
  thinking.open({});
  for (int i = 0; i < 3; ++i) thinking.add_text({half});
  thinking.sign({"s"});
  EXPECT_TRUE(thinking.close({"m"}, recorder));
  thinking.open({});
  thinking.add_text({"short"});
  thinking.sign({"t"});
  EXPECT_TRUE(thinking.close({"m"}, recorder));
  EXPECT_EQ(recorder.lines, (Lines{R"(thinking_signed 0 "" signature s model m cut)",
                                   R"(thinking_signed 0 "short" signature t model m)"}));
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
