// The stream decoder against tests/fixtures/anthropic_messages/streams: each file is a stream and its
// events, and may name the tool whose calls are the text.
#include "dialects/anthropic_messages/reply/stream.h"

#include <gtest/gtest.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <algorithm>

#include "base/limits.h"
#include "support/every_cut.h"
#include "support/transcript.h"

namespace onellm::dialects::anthropic_messages {
namespace {

using Lines = std::vector<std::string>;

Lines read(const test::Pieces& pieces, const std::string& text_tool = "") {
  MessageStreamDecoder decoder({.model = "claude-asked", .text_tool = text_tool});
  test::Recorder recorder;
  for (const std::string_view piece : pieces) decoder.push(piece, recorder);
  decoder.end(recorder);
  return recorder.lines;
}

Lines read(const std::string& stream) { return read(test::Pieces{stream}); }

std::string event(const std::string& data) { return "data: " + data + "\n\n"; }

std::string delta(const std::string& text) {
  return event(R"({"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":")" + text + R"("}})");
}

const std::string kStart = event(R"({"type":"message_start","message":{"id":"a","model":"m","content":[]}})");
const std::string kBlock = event(R"({"type":"content_block_start","index":0,"content_block":{"type":"text"}})");
const std::string kEnd = event(R"({"type":"message_delta","delta":{"stop_reason":"end_turn"}})");
const std::string kStop = event(R"({"type":"message_stop"})");

TEST(MessageStreamDecoder, FailsWhereAnAnswerIsInterruptedBeforeItsFirstWord) {
  const std::string end = event(R"({"type":"message_delta","delta":{"stop_reason":"brand_new"}})");
  const std::string failure =
      "failed 502 server_error brand_new The provider's reply ended without an answer (brand_new).";
  EXPECT_EQ(read(kStart + end + kStop), (Lines{"started 0 id a model m created 0", failure}));
  EXPECT_EQ(read(kStart + kBlock + end + kStop).back(), failure);
  EXPECT_EQ(read(kStart + delta("Hi") + end + kStop).back(), "completed");
  EXPECT_EQ(read(kStart + kEnd + kStop).back(), "completed") << "an end that is known";
}

class EveryMessagesStream : public testing::TestWithParam<test::Transcript> {
 protected:
  [[nodiscard]] std::string stream() const { return GetParam().blocks.at("stream"); }
  [[nodiscard]] Lines lines_of(const test::Pieces& pieces) const {
    const auto tool = GetParam().blocks.find("text_tool");
    return read(pieces, tool == GetParam().blocks.end() ? "" : tool->second.substr(0, tool->second.size() - 1));
  }
};
INSTANTIATE_TEST_SUITE_P(Anthropic, EveryMessagesStream,
                         testing::ValuesIn(test::read_transcripts("anthropic_messages/streams")),
                         [](const auto& test) { return test.param.name; });

TEST_P(EveryMessagesStream, GivesTheEventsOfItsTranscript) {
  std::string events;
  for (const std::string& line : lines_of({stream()})) events += line + '\n';
  EXPECT_EQ(events, GetParam().blocks.at("events"));
}

TEST_P(EveryMessagesStream, GivesTheSameEventsForEveryCut) {
  test::expect_same_for_every_cut(stream(), [this](const test::Pieces& pieces) { return lines_of(pieces); });
}

// Where the event ends that makes an answer whole: the first with a stop_reason, else the end mark.
size_t end_of_answer(const std::string& text) {
  size_t at = text.find("\"message_delta\"");
  for (; at != text.npos; at = text.find("\"message_delta\"", at + 1)) {
    const std::string_view event = std::string_view(text).substr(at, text.find('\n', at) - at);
    if (event.find("\"stop_reason\":\"") != event.npos) return at + event.find_last_of('}');
  }
  return text.find("{\"type\":\"message_stop\"") == text.npos ? text.npos : text.rfind('}');
}

// An answer is whole with its stop_reason, or with the end mark; without their blank lines, too.
TEST_P(EveryMessagesStream, FailsWhereItIsCutShort) {
  const std::string text = stream();
  const size_t last_brace = end_of_answer(text);
  const bool completes = lines_of({text}).back() == "completed";
  for (size_t bytes = 0; bytes < text.size(); ++bytes) {
    const Lines lines = lines_of({text.substr(0, bytes)});
    ASSERT_FALSE(lines.empty());
    const bool is_whole = completes && bytes > last_brace;
    ASSERT_EQ(lines.back() == "completed", is_whole) << "cut at byte " << bytes;
    if (is_whole) continue;
    ASSERT_TRUE(lines.back().starts_with("failed ")) << "cut at byte " << bytes;
    for (const std::string& line : lines) ASSERT_FALSE(line.starts_with("finished ")) << "cut at byte " << bytes;
  }
}

TEST(MessageStreamDecoder, TakesNothingAfterTheEnd) {
  const std::string whole = kStart + kBlock + delta("Hi") + kEnd + kStop;
  EXPECT_EQ(read(whole + delta("you") + kStop), read(whole));
  EXPECT_EQ(read(test::Pieces{whole, delta("you")}), read(whole));
}

TEST(MessageStreamDecoder, CompletesAtTheEndMark) {
  test::Recorder recorder;
  MessageStreamDecoder decoder({});
  decoder.push(kStart + kBlock + delta("Hi") + kEnd, recorder);
  EXPECT_NE(recorder.lines.back(), "completed");
  decoder.push(kStop, recorder);
  EXPECT_EQ(recorder.lines.back(), "completed");
}

TEST(MessageStreamDecoder, ReadsABodyThatIsNoStream) {
  const auto same_for_every_cut = [](const std::string& body) {
    const Lines whole = read(body);
    for (size_t cut = 1; cut < body.size(); ++cut) {
      EXPECT_EQ(read(test::Pieces{body.substr(0, cut), body.substr(cut)}), whole) << "cut at byte " << cut;
    }
    return whole;
  };
  EXPECT_EQ(
      same_for_every_cut(" \n{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Later\"}}"),
      Lines{"failed 503 server_error overloaded Later"});
  const Lines reply = same_for_every_cut(
      R"({"type":"message","id":"a","model":"m","content":[{"type":"text","text":"Hi"}],"stop_reason":"end_turn"})");
  EXPECT_EQ(reply, read(kStart + kBlock + delta("Hi") + kEnd + kStop));
  EXPECT_TRUE(same_for_every_cut("<html>").back().starts_with("failed 502 server_error upstream_bad_reply"));
}

TEST(MessageStreamDecoder, FailsOnAnEmptyBody) {
  EXPECT_TRUE(read("").back().starts_with("failed 502 server_error upstream_cut"));
}

TEST(MessageStreamDecoder, FailsOnWrongTypes) {
  for (const char* data : {"1", "[]", R"({"type":"content_block_delta","index":"0"})",
                           R"({"type":"content_block_delta","index":0,"delta":"Hi"})",
                           R"({"type":"content_block_start","index":0,"content_block":[]})",
                           R"({"type":"message_start","message":{"content":"Hi"}})",
                           R"({"type":"message_start","message":{"content":["Hi"]}})"}) {
    const std::string last = read(event(data) + kStop).back();
    EXPECT_TRUE(last.starts_with("failed 502 server_error upstream_bad_reply The provider's reply ")) << last;
  }
}

TEST(MessageStreamDecoder, IgnoresEventsThatItDoesNotKnowWhateverTheyHold) {
  const Lines plain = read(kStart + kBlock + delta("a") + kEnd + kStop);
  const std::string unknown = event(R"({"content":"c","delta":7,"index":"i","content_block":[],"type":"new"})");
  EXPECT_EQ(read(unknown + kStart + unknown + kBlock + delta("a") + unknown + kEnd + unknown + kStop), plain);
}

TEST(MessageStreamDecoder, NamesACurrentModelInAnErrorOfTheStream) {
  test::Recorder recorder;
  MessageStreamDecoder decoder({.model = "claude-2.0", .text_tool = ""});
  decoder.push(event(R"({"type":"error","error":{"type":"not_found_error","message":"model: claude-2.0"}})"), recorder);
  EXPECT_EQ(recorder.text(),
            "failed 404 invalid_request_error model_not_found model: claude-2.0 (claude-2.0 may be retired; a current "
            "model of its kind is claude-sonnet-5-5)\n");
}

TEST(MessageStreamDecoder, LimitsTheNumberOfToolCalls) {
  std::string stream = kStart;
  for (size_t call = 0; call <= kToolCallsMax; ++call) {
    stream +=
        event(R"({"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"c","name":"f"}})");
    stream += event(R"({"type":"content_block_stop","index":0})");
  }
  EXPECT_TRUE(read(stream + kStop).back().starts_with("failed 502 server_error upstream_bad_reply"));
}

// --- where the answer begins ---

std::string block_start(const std::string& block) {
  return event(R"({"type":"content_block_start","index":0,"content_block":)" + block + "}");
}

bool has_begun(const Lines& lines) { return std::find(lines.begin(), lines.end(), "text 0 \"\"") != lines.end(); }

TEST(MessageStreamDecoder, BeginsTheAnswerWithABlockThatIsHidden) {
  for (const char* block :
       {R"({"type":"server_tool_use","id":"s","name":"code_execution","input":{}})", R"({"type":"brand_new"})",
        R"({"type":"thinking","thinking":"","signature":""})", R"({"type":"redacted_thinking","data":"d"})"}) {
    EXPECT_TRUE(has_begun(read(kStart + block_start(block)))) << block;
  }
}

TEST(MessageStreamDecoder, BeginsTheAnswerThatEndsWithoutAWord) {
  for (const char* delta : {R"({"stop_reason":"end_turn"})", R"({"stop_reason":"refusal"})",
                            R"({"stop_reason":"refusal","stop_details":null})",
                            R"({"stop_reason":"refusal","stop_details":{"explanation":null}})"}) {
    const std::string end = event(R"({"type":"message_delta","delta":)" + std::string(delta) + "}");
    EXPECT_TRUE(has_begun(read(kStart + end))) << delta;
  }
}

TEST(MessageStreamDecoder, BeginsTheAnswerOnce) {
  const std::string hidden = block_start(R"({"type":"brand_new"})") + block_start(R"({"type":"thinking"})");
  const Lines lines = read(kStart + hidden + hidden + kEnd + kStop);
  EXPECT_EQ(std::count(lines.begin(), lines.end(), "text 0 \"\""), 1);
  EXPECT_FALSE(has_begun(read(kStart + kBlock + delta("Hi") + hidden + kEnd + kStop)));
}

// Until the model does something another may answer in its place.
TEST(MessageStreamDecoder, BeginsNothingBeforeAnErrorThatComesFirst) {
  const std::string error = event(R"({"type":"error","error":{"type":"overloaded_error","message":"Later"}})");
  const std::string usage = event(R"({"type":"message_delta","delta":{},"usage":{"output_tokens":1}})");
  EXPECT_FALSE(has_begun(read(kStart + error)));
  EXPECT_FALSE(has_begun(read(kStart + usage + error)));
}

// --- what is kept ---

#ifdef __GLIBC__
size_t bytes_in_use() {
  const struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

// With a malloc of another kind it sees nothing.
TEST(MessageStreamDecoder, KeepsTheWholeInputOfOneCallAtMost) {
  const std::string begin = R"("content_block":{"type":"tool_use","id":"t","name":"f","input":{"a":")" +
                            std::string(1'000'000, 'i') + "\"}}}";
  struct NoSink final : chat::EventSink {
    void take(const chat::Event&) override {}
  };
  for (const bool ends : {true, false}) {
    NoSink sink;
    MessageStreamDecoder decoder({});
    decoder.push(kStart, sink);
    const size_t before = bytes_in_use();
    for (int i = 0; i < 24; ++i) {
      const std::string index = R"("index":)" + std::to_string(i);
      decoder.push(event(R"({"type":"content_block_start",)" + index + "," + begin), sink);
      if (ends) decoder.push(event(R"({"type":"content_block_stop",)" + index + "}"), sink);
    }
    EXPECT_LT(bytes_in_use(), before + 16'000'000) << ends;
  }
}
#endif

TEST(MessageStreamDecoder, HandsOnTheInputOfACallThatTheNextBlockEnds) {
  const std::string open = block_start(R"({"type":"tool_use","id":"t","name":"f","input":{"a":1}})");
  const std::string late =
      event(R"({"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{}"}})");
  const std::string next =
      event(R"({"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"u","name":"g"}})");
  const Lines lines = read(kStart + open + next + late + kEnd + kStop);
  const Lines expected = {R"(call 0.0 id t name f)", R"(arguments 0.0 "{\"a\":1}")", R"(call 0.1 id u name g)",
                          R"(arguments 0.1 "{}")"};
  EXPECT_EQ(Lines(lines.begin() + 1, lines.begin() + 5), expected);
}

TEST(MessageStreamDecoder, KeepsNoBlockThatHasEnded) {
  std::string stream = kStart;
  for (size_t block = 0; block <= kToolCallsMax; ++block) {
    stream += kBlock + event(R"({"type":"content_block_stop","index":0})");
  }
  EXPECT_EQ(read(stream + kEnd + kStop).back(), "completed");
}

TEST(MessageStreamDecoder, LimitsTheSizeOfAnEvent) {
  EXPECT_EQ(read("data: " + std::string(kSseEventBytesMax + 1, 'x')).back(),
            "failed 502 server_error upstream_bad_reply The provider's reply has an event that is too long.");
}

// What may be the answer after all is held back only so long.
TEST(MessageStreamDecoder, ReleasesHeldTextThatGrowsLong) {
  const std::string piece(kHeldTextBytesMax / 2, 'x');
  const Lines lines = read({kStart, kBlock, delta(piece), delta(piece), delta("y"), delta("z")}, "reply");
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_EQ(lines[1], "text 0 \"" + piece + piece + "y\"");
  EXPECT_EQ(lines[2], "text 0 \"z\"");
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
