// Replies against tests/fixtures/palm/replies; each as a whole, and as what comes where a stream was asked for.
#include <gtest/gtest.h>

#include <string>

#include "base/limits.h"
#include "chat/answer/answer.h"
#include "dialects/palm/dialect.h"
#include "support/every_cut.h"
#include "support/transcript.h"

namespace onellm::dialects::palm {
namespace {

const ReplyContext kContext{.model = "chat-bison-001", .text_tool = ""};

std::string read_stream(const test::Pieces& pieces) {
  test::Recorder recorder;
  const std::unique_ptr<StreamDecoder> decoder = dialect().make_stream_decoder(kContext);
  for (const std::string_view piece : pieces) decoder->push(piece, recorder);
  decoder->end(recorder);
  return recorder.text();
}

class EveryPalmReply : public testing::TestWithParam<test::Transcript> {
 protected:
  [[nodiscard]] std::string reply() const { return GetParam().blocks.at("reply"); }
};
INSTANTIATE_TEST_SUITE_P(Palm, EveryPalmReply, testing::ValuesIn(test::read_transcripts("palm/replies")),
                         [](const auto& test) { return test.param.name; });

TEST_P(EveryPalmReply, GivesTheEventsOfItsTranscript) {
  test::Recorder recorder;
  dialect().decode_reply(reply(), kContext, recorder);
  EXPECT_EQ(recorder.text(), GetParam().blocks.at("events"));
}

TEST_P(EveryPalmReply, GivesThemForAStreamForEveryCut) {
  const std::string text = reply();
  for (size_t cut = 1; cut < text.size(); ++cut) {
    const std::string_view view = text;
    ASSERT_EQ(read_stream({view.substr(0, cut), view.substr(cut)}), GetParam().blocks.at("events"));
  }
  EXPECT_EQ(read_stream(test::pieces_of(text, 1)), GetParam().blocks.at("events"));
}

TEST_P(EveryPalmReply, FailsWhereItIsCutShort) {
  const std::string text = reply();
  for (size_t bytes = 0; bytes + 1 < text.size(); ++bytes) {
    chat::Answer answer;
    dialect().decode_reply(text.substr(0, bytes), kContext, answer);
    ASSERT_TRUE(answer.error.has_value()) << "cut at byte " << bytes;
    ASSERT_TRUE(answer.choices.empty()) << "cut at byte " << bytes;
  }
}

TEST(PalmReply, IsNeverAStreamOfEvents) {
  EXPECT_EQ(read_stream({"data: {\"candidates\":[]}\n\n"}),
            "failed 502 server_error upstream_bad_reply The provider's reply is a stream, which PaLM does not have.\n");
  EXPECT_EQ(read_stream({""}),
            "failed 502 server_error upstream_cut The provider ended the stream before the answer was complete.\n");
}

TEST(PalmReply, HasALimitOfCandidates) {
  std::string reply = R"({"candidates":[{"content":"x"})";
  for (size_t count = 0; count < kChoicesMax; ++count) reply += R"(,{"content":"x"})";
  chat::Answer answer;
  dialect().decode_reply(reply + "]}", kContext, answer);
  ASSERT_TRUE(answer.error.has_value());
  EXPECT_EQ(answer.error->message, "The provider's reply has too many candidates.");
}

TEST(PalmErrors, TellWhatToDoWhereTheModelIsGone) {
  const std::string google =
      R"({"error":{"code":404,"message":"Requested entity was not found.","status":"NOT_FOUND"}})";
  for (const std::string& body : {google, std::string("<html><body>Not Found</body></html>"), std::string()}) {
    const Error error = dialect().decode_error(404, body, kContext);
    EXPECT_EQ(status_of(error), 404);
    EXPECT_EQ(code_of(error), "model_not_found");
    EXPECT_NE(error.message.find(". Google has shut PaLM down; the setting ONELLM_ALIASES"), std::string::npos);
    EXPECT_NE(error.message.find(R"({"chat-bison-001":"google/gemini-flash-latest"})"), std::string::npos);
  }
  EXPECT_EQ(dialect().decode_error(503, "", kContext).message.find("ONELLM_ALIASES"), std::string::npos);
}

}  // namespace
}  // namespace onellm::dialects::palm
