// The stream decoder against tests/fixtures/gemini/streams: each file is a stream and its events.
#include "dialects/gemini/reply/stream.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/limits.h"
#include "support/every_cut.h"
#include "support/transcript.h"

namespace onellm::dialects::gemini {
namespace {

const ReplyContext kAsked{.model = "gemini-x", .text_tool = "", .seed = "chatcmpl-1"};

std::vector<std::string> read(const test::Pieces& pieces, const ReplyContext& asked = kAsked) {
  ChunkStreamDecoder decoder(asked);
  test::Recorder recorder;
  for (const std::string_view piece : pieces) decoder.push(piece, recorder);
  decoder.end(recorder);
  return recorder.lines;
}

std::vector<std::string> read(const std::string& stream) { return read(test::Pieces{stream}); }

std::string chunk(const std::string& candidates) { return R"(data: {"candidates":[)" + candidates + "]}\r\n\r\n"; }

std::string call(const std::string& function_call) {
  return chunk(R"({"content":{"parts":[{"functionCall":)" + function_call + "}]}}");
}

const std::string kText = chunk(R"({"content":{"parts":[{"text":"Hi"}]}})");
const std::string kFinish = chunk(R"({"finishReason":"STOP"})");

class EveryGeminiStream : public testing::TestWithParam<test::Transcript> {
 protected:
  [[nodiscard]] std::string stream() const { return GetParam().blocks.at("stream"); }
};
INSTANTIATE_TEST_SUITE_P(Gemini, EveryGeminiStream, testing::ValuesIn(test::read_transcripts("gemini/streams")),
                         [](const auto& test) { return test.param.name; });

TEST_P(EveryGeminiStream, GivesTheEventsOfItsTranscript) {
  std::string events;
  for (const std::string& line : read(stream())) events += line + '\n';
  EXPECT_EQ(events, GetParam().blocks.at("events"));
}

TEST_P(EveryGeminiStream, GivesTheSameEventsForEveryCut) {
  test::expect_same_for_every_cut(stream(), [](const test::Pieces& pieces) { return read(pieces); });
}

// Short of its end a stream is complete only where a reason to finish was read.
TEST_P(EveryGeminiStream, FailsWhereItIsCutShort) {
  const std::string text = stream();
  for (size_t bytes = 0; bytes < text.size(); ++bytes) {
    const std::string begin = text.substr(0, bytes);
    const std::vector<std::string> lines = read(begin);
    ASSERT_FALSE(lines.empty());
    if (lines.back().starts_with("failed ")) continue;
    const bool was_finished = begin.find("\"finishReason\"") != begin.npos || begin.find("blockReason") != begin.npos;
    ASSERT_TRUE(was_finished) << "cut at byte " << bytes;
  }
}

std::vector<std::string> read_cut(const std::string& stream, uint32_t choices) {
  ChunkStreamDecoder decoder({.model = "gemini-x", .text_tool = "", .seed = "chatcmpl-1", .choices = choices});
  test::Recorder recorder;
  decoder.push(stream, recorder);
  const Error broke{.kind = ErrorKind::kUpstreamCut, .message = "It broke."};
  decoder.cut(broke, recorder);
  return recorder.lines;
}

TEST(ChunkStreamDecoder, CompletesAnAnswerThatBreaksOffAfterEveryFinishReason) {
  const std::string blocked = "data: {\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}\r\n\r\n";
  for (const std::string& stream : {kText + kFinish, kText + kFinish + "data: {\"usageMeta", blocked}) {
    EXPECT_EQ(read_cut(stream, 1).back(), "completed");
  }
  EXPECT_EQ(read_cut(kText, 1).back(), "failed 502 server_error upstream_cut It broke.");
  const std::string second = chunk(R"({"index":1,"content":{"parts":[{"text":"Ho"}]}})");
  const std::string second_finish = chunk(R"({"index":1,"finishReason":"STOP"})");
  EXPECT_EQ(read_cut(kText + kFinish + second + second_finish, 2).back(), "completed");
  for (const std::string& stream : {kText + kFinish, kText + kFinish + second}) {
    const std::vector<std::string> lines = read_cut(stream, 2);
    EXPECT_EQ(lines.back(), "failed 502 server_error upstream_cut It broke.");
    EXPECT_EQ(std::count(lines.begin(), lines.end(), "finished 0 stop"), 1) << "it is whole all the same";
  }
}

TEST(ChunkStreamDecoder, AwaitsTheEndAfterTheFinishReason) {
  const auto awaits = [](const std::string& stream) {
    ChunkStreamDecoder decoder(kAsked);
    test::Recorder recorder;
    decoder.push(stream, recorder);
    return decoder.awaits_end();
  };
  const std::string both = chunk(R"({"content":{"parts":[{"text":"Hi"}]},"finishReason":"STOP"})");
  EXPECT_FALSE(awaits(kText));
  EXPECT_TRUE(awaits(kText + kFinish));
  EXPECT_TRUE(awaits(both + kFinish)) << "said again, and nothing else";
  EXPECT_FALSE(awaits(both + both)) << "a model that says it with every chunk";
}

TEST(ChunkStreamDecoder, TakesNothingAfterAFailure) {
  const std::string error = "data: {\"error\":{\"code\":500}}\n\n";
  EXPECT_EQ(read(kText + error + kText + kFinish), read(kText + error));
  EXPECT_EQ(read(test::Pieces{kText + error, kText, kFinish}), read(kText + error));
}

TEST(ChunkStreamDecoder, CompletesWhereTheStreamEnds) {
  test::Recorder recorder;
  ChunkStreamDecoder decoder(kAsked);
  decoder.push(kText.substr(0, 20), recorder);
  decoder.push(kText.substr(20) + kFinish, recorder);
  // There is no end mark: the end of the stream has to do.
  EXPECT_EQ(recorder.lines.back(), "text 0 \"Hi\"");
  decoder.end(recorder);
  EXPECT_EQ(recorder.lines.back(), "completed");
}

TEST(ChunkStreamDecoder, NamesTheModelThatWasAskedWhereTheReplyNamesNone) {
  EXPECT_EQ(read(kText + kFinish).front(), "started 0 id  model gemini-x created 0");
}

TEST(ChunkStreamDecoder, ReadsABodyThatIsNoStream) {
  const std::string reply = R"({"candidates":[{"content":{"parts":[{"text":"Hi"}]},"finishReason":"STOP"}]})";
  EXPECT_EQ(read(reply), read(kText + kFinish));
  EXPECT_EQ(read(" \r\n[" + reply + "\n]"), read(kText + kFinish));
  for (size_t cut = 1; cut < reply.size(); ++cut) {
    EXPECT_EQ(read(test::Pieces{std::string_view(reply).substr(0, cut), std::string_view(reply).substr(cut)}),
              read(reply));
  }
  const std::vector<std::string> failed = {"failed 403 permission_error - No"};
  EXPECT_EQ(read(R"({"error":{"code":403,"message":"No","status":"PERMISSION_DENIED"}})"), failed);
  EXPECT_EQ(read(R"([{"error":{"code":403,"message":"No","status":"PERMISSION_DENIED"}}])"), failed);
}

TEST(ChunkStreamDecoder, NamesTheCallsOfAReplyWithoutAnIdByItsSeed) {
  const std::string first = call(R"({"name":"f","args":{"a":1}})") + kFinish;
  const ReplyContext other{.model = "gemini-x", .text_tool = "", .seed = "chatcmpl-2"};
  EXPECT_NE(read({first}, kAsked)[1], read({first}, other)[1]);
  test::expect_same_for_every_cut(first, [](const test::Pieces& pieces) { return read(pieces); });
  const std::string named = "data: {\"responseId\":\"r1\"}\n\n" + first;
  EXPECT_EQ(read({named}, kAsked), read({named}, other));
}

TEST(ChunkStreamDecoder, FailsOnAnEmptyBody) {
  for (const char* body : {"", "\n\n", ": comment\n\n"}) {
    EXPECT_TRUE(read(body).back().starts_with("failed 502 server_error upstream_cut")) << body;
  }
}

TEST(ChunkStreamDecoder, FailsOnWrongTypes) {
  for (const char* candidates :
       {R"("hello")", R"({"index":"0"})", R"({"index":-1})", R"({"index":128})", R"({"content":{"parts":{}}})",
        R"({"content":{"parts":[1]}})", R"({"content":{"parts":[{"text":1}]}})",
        R"({"content":{"parts":[{"functionCall":1}]}})"}) {
    const std::string last = read(chunk(candidates) + kFinish).back();
    EXPECT_TRUE(last.starts_with("failed 502 server_error upstream_bad_reply The provider's reply has ")) << last;
  }
}

TEST(ChunkStreamDecoder, FailsOnArgumentsThatDoNotFitTogether) {
  const std::string open = call(R"({"name":"f","willContinue":true})");
  for (const char* partial : {R"(7)", R"([{"jsonPath":"a","stringValue":""}])",
                              R"([{"jsonPath":"$.a","numberValue":1},{"jsonPath":"$.a.b","numberValue":1}])"}) {
    const std::string last = read(open + call(R"({"partialArgs":)" + std::string(partial) + "}") + kFinish).back();
    EXPECT_EQ(last,
              "failed 502 server_error upstream_bad_reply The provider's reply has arguments of a call that do not fit "
              "together.");
  }
}

TEST(ChunkStreamDecoder, GivesCallsIdsThatDiffer) {
  const std::string two = R"({"name":"f","args":{}}},{"functionCall":{"name":"f","args":{}})";
  const std::vector<std::string> lines = read(call(two) + kFinish);
  ASSERT_EQ(lines.size(), 7U);
  EXPECT_NE(lines[1].substr(8), lines[3].substr(8));
  EXPECT_EQ(read(call(two) + kFinish), lines);
}

TEST(ChunkStreamDecoder, LimitsTheNumberOfToolCalls) {
  std::string stream;
  for (size_t count = 0; count <= kToolCallsMax; ++count) stream += call(R"({"name":"f"})");
  EXPECT_EQ(read(stream + kFinish).back(),
            "failed 502 server_error upstream_bad_reply The provider's reply has too many tool calls.");
}

TEST(ChunkStreamDecoder, LimitsTheSizeOfAnEvent) {
  EXPECT_EQ(read("data: " + std::string(kSseEventBytesMax + 1, 'x')).back(),
            "failed 502 server_error upstream_bad_reply The provider's reply has an event that is too long.");
}

TEST(ChunkStreamDecoder, FillsASkippedCandidate) {
  const std::vector<std::string> lines =
      read(chunk(R"({"index":1,"content":{"parts":[{"text":"Hi"}]},"finishReason":"STOP"})"));
  EXPECT_EQ(lines, (std::vector<std::string>{"started 1 id  model gemini-x created 0", "text 1 \"Hi\"",
                                             "started 0 id  model gemini-x created 0", "text 0 \"\"", "finished 0 stop",
                                             "finished 1 stop", "completed"}));
}

}  // namespace
}  // namespace onellm::dialects::gemini
