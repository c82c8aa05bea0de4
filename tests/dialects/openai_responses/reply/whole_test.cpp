// Whole replies against tests/fixtures/openai_responses/replies: each file is a reply and its events.
#include "dialects/openai_responses/reply/whole.h"

#include <gtest/gtest.h>

#include "support/transcript.h"

namespace onellm::dialects::openai_responses {
namespace {

std::string read(std::string_view reply) {
  test::Recorder recorder;
  decode_reply(reply, {.model = "gpt-5.5", .text_tool = ""}, recorder);
  return recorder.text();
}

class EveryResponsesReply : public testing::TestWithParam<test::Transcript> {};
INSTANTIATE_TEST_SUITE_P(Responses, EveryResponsesReply,
                         testing::ValuesIn(test::read_transcripts("openai_responses/replies")),
                         [](const auto& test) { return test.param.name; });

TEST_P(EveryResponsesReply, GivesTheEventsOfItsTranscript) {
  EXPECT_EQ(read(GetParam().blocks.at("reply")), GetParam().blocks.at("events"));
}

TEST_P(EveryResponsesReply, FailsWhereItIsCutShort) {
  const std::string text = GetParam().blocks.at("reply");
  for (size_t bytes = 0; bytes + 1 < text.size(); ++bytes) {
    const std::string events = read(text.substr(0, bytes));
    ASSERT_EQ(events.find("completed\n"), events.npos) << "cut at byte " << bytes;
    ASSERT_NE(events.find("failed "), events.npos) << "cut at byte " << bytes;
  }
}

TEST(OpenAiResponsesReplyDecoder, TakesNoPageForAReply) {
  EXPECT_TRUE(read("<html>gateway</html>").starts_with("failed 502 server_error upstream_bad_reply "));
  EXPECT_TRUE(read("").starts_with("failed 502 server_error upstream_bad_reply "));
}

}  // namespace
}  // namespace onellm::dialects::openai_responses
