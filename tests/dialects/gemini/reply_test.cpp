// Whole replies against tests/fixtures/gemini/replies.
#include <gtest/gtest.h>

#include <string>

#include "chat/answer/answer.h"
#include "dialects/gemini/dialect.h"
#include "support/transcript.h"

namespace onellm::dialects::gemini {
namespace {

const ReplyContext kContext{.model = "gemini-x", .text_tool = ""};

class EveryGeminiReply : public testing::TestWithParam<test::Transcript> {
 protected:
  [[nodiscard]] std::string reply() const { return GetParam().blocks.at("reply"); }
};
INSTANTIATE_TEST_SUITE_P(Gemini, EveryGeminiReply, testing::ValuesIn(test::read_transcripts("gemini/replies")),
                         [](const auto& test) { return test.param.name; });

TEST_P(EveryGeminiReply, GivesTheEventsOfItsTranscript) {
  test::Recorder recorder;
  dialect().decode_reply(reply(), kContext, recorder);
  EXPECT_EQ(recorder.text(), GetParam().blocks.at("events"));
}

TEST_P(EveryGeminiReply, GivesTheSameEventsWhereAStreamWasExpected) {
  const std::string text = reply();
  if (text[0] != '{' && text[0] != '[') return;  // What does not begin like JSON is no reply there.
  test::Recorder recorder;
  const std::unique_ptr<StreamDecoder> decoder = dialect().make_stream_decoder(kContext);
  decoder->push(text, recorder);
  decoder->end(recorder);
  EXPECT_EQ(recorder.text(), GetParam().blocks.at("events"));
}

TEST_P(EveryGeminiReply, FailsWhereItIsCutShort) {
  const std::string text = reply();
  for (size_t bytes = 0; bytes + 1 < text.size(); ++bytes) {
    chat::Answer answer;
    dialect().decode_reply(text.substr(0, bytes), kContext, answer);
    ASSERT_TRUE(answer.error.has_value()) << "cut at byte " << bytes;
    ASSERT_FALSE(answer.completed) << "cut at byte " << bytes;
    ASSERT_TRUE(answer.choices.empty()) << "cut at byte " << bytes;
  }
}

}  // namespace
}  // namespace onellm::dialects::gemini
