// The stream decoder against tests/fixtures/openai_chat/streams: each file is a stream and its events.
#include "dialects/openai_chat/reply/stream.h"

#include <gtest/gtest.h>

#include "base/limits.h"
#include "support/every_cut.h"
#include "support/transcript.h"

namespace onellm::dialects::openai_chat {
namespace {

std::vector<std::string> read(const test::Pieces& pieces) {
  ChunkStreamDecoder decoder;
  test::Recorder recorder;
  for (const std::string_view piece : pieces) decoder.push(piece, recorder);
  decoder.end(recorder);
  return recorder.lines;
}

std::vector<std::string> read(const std::string& stream) { return read(test::Pieces{stream}); }

std::string chunk(const std::string& choices) {
  return R"(data: {"id":"a","created":1,"model":"m","choices":[)" + choices + "]}\n\n";
}

const std::string kText = chunk(R"({"index":0,"delta":{"content":"Hi"}})");
const std::string kFinish = chunk(R"({"index":0,"delta":{},"finish_reason":"stop"})");
const std::string kDone = "data: [DONE]\n\n";

class EveryStream : public testing::TestWithParam<test::Transcript> {
 protected:
  [[nodiscard]] std::string stream() const { return GetParam().blocks.at("stream"); }
};
INSTANTIATE_TEST_SUITE_P(ChatCompletions, EveryStream, testing::ValuesIn(test::read_transcripts("openai_chat/streams")),
                         [](const auto& test) { return test.param.name; });

TEST_P(EveryStream, GivesTheEventsOfItsTranscript) {
  std::string events;
  for (const std::string& line : read(stream())) events += line + '\n';
  EXPECT_EQ(events, GetParam().blocks.at("events"));
}

TEST_P(EveryStream, GivesTheSameEventsForEveryCut) {
  test::expect_same_for_every_cut(stream(), [](const test::Pieces& pieces) { return read(pieces); });
}

bool is_finish(const std::string& line) { return line.starts_with("finished "); }

// Short of its end a stream is complete only if every choice has its finish_reason already.
TEST_P(EveryStream, FailsWhereItIsCutShort) {
  const std::string text = stream();
  const std::vector<std::string> whole = read(text);
  const bool whole_completes = whole.back().starts_with("completed");
  const auto finishes = std::count_if(whole.begin(), whole.end(), is_finish);
  const size_t end_mark = text.find("data: [DONE]");
  for (size_t bytes = 0; bytes < text.size(); ++bytes) {
    const std::vector<std::string> lines = read(text.substr(0, bytes));
    ASSERT_FALSE(lines.empty());
    if (lines.back().starts_with("failed ")) continue;
    ASSERT_TRUE(whole_completes) << "cut at byte " << bytes;
    ASSERT_EQ(std::count_if(lines.begin(), lines.end(), is_finish), finishes) << "cut at byte " << bytes;
    const bool finish_was_sent = text.substr(0, bytes).find(R"("finish_reason":")") != text.npos ||
                                 text.substr(0, bytes).find(R"("finish_reason": ")") != text.npos;
    ASSERT_TRUE(finish_was_sent || bytes > end_mark) << "cut at byte " << bytes;
  }
}

// https://learn.microsoft.com/azure/ai-foundry/openai/concepts/content-streaming
TEST(ChunkStreamDecoder, SwallowsHowFarAFilterCame) {
  const std::string offsets =
      chunk(R"({"index":0,"finish_reason":null,"delta":{},"content_filter_results":{"hate":{"filtered":false}},)"
            R"("content_filter_offsets":{"check_offset":44,"start_offset":44,"end_offset":198}})");
  EXPECT_EQ(read(kText + offsets + kFinish + kDone), read(kText + kFinish + kDone));
  const std::string late = chunk(R"({"index":0,"delta":{"content":"!"},"content_filter_offsets":{"check_offset":1}})");
  EXPECT_NE(read(kText + late + kFinish + kDone), read(kText + kFinish + kDone)) << "text is passed on";
}

// A client has seen nothing of such an answer: another target may be asked.
TEST(ChunkStreamDecoder, FailsWhereAnAnswerIsInterruptedBeforeItsFirstWord) {
  const std::string role = chunk(R"({"index":0,"delta":{"role":"assistant","content":""}})");
  for (const std::string word : {"insufficient_system_resource", "network_error", "abort", "of_the_future"}) {
    const std::string end = chunk(R"({"index":0,"delta":{},"finish_reason":")" + word + R"("})");
    EXPECT_EQ(read(role + end + kDone).back(),
              "failed 502 server_error " + word + " The provider's reply ended without an answer (" + word + ").");
    EXPECT_EQ(read(role + end + kDone).size(), 2U) << "nothing but the start of the choice before it";
    EXPECT_EQ(read(kText + end + kDone).back(), "completed") << word;
  }
  for (const char* word : {"stop", "length", "content_filter", "eos_token", "MAX_TOKENS", "end_turn"}) {
    const std::string end = chunk(R"({"index":0,"delta":{},"finish_reason":")" + std::string(word) + R"("})");
    EXPECT_EQ(read(role + end + kDone).back(), "completed") << word;
  }
}

TEST(ChunkStreamDecoder, GoesOnWhereOneOfSeveralChoicesIsInterrupted) {
  const std::string other = chunk(R"({"index":1,"delta":{},"finish_reason":"abort"})");
  EXPECT_EQ(read(kText + other + kFinish + kDone).back(), "completed");
}

TEST(ChunkStreamDecoder, HoldsWhatStandsBesideTheRole) {
  const std::string role =
      chunk(R"({"index":0,"delta":{"role":"assistant","channel":"final"},"content_filter_results":{}})");
  EXPECT_EQ(read(role + kDone).size(), 4U) << "started, what was held, finished, completed";
  const std::vector<std::string> lines = read(role + role + kText + kText + kFinish + kDone);
  ASSERT_EQ(lines.size(), 6U);
  EXPECT_TRUE(lines[0].starts_with("started ")) << lines[0];
  EXPECT_TRUE(lines[1].starts_with("extra ")) << lines[1];
  EXPECT_NE(lines[1].find("channel"), std::string::npos) << lines[1];
  EXPECT_NE(lines[1].find("content_filter_results"), std::string::npos) << lines[1];
  EXPECT_EQ(lines[2], lines[3]) << "it was said once";
}

TEST(ChunkStreamDecoder, LimitsWhatItHolds) {
  const std::string many = std::string(kHeldExtraBytesMax, ' ');
  const std::string role = chunk(R"({"index":0,"delta":{"role":"assistant","a":[)" + many + "]}}");
  const std::vector<std::string> lines = read(role);
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_TRUE(lines[1].starts_with("extra ")) << lines[1];
}

// Members of a reply that come in chunks without choices wait for an event; none of them may be lost.
TEST(ChunkStreamDecoder, HandsOnMembersOfTheReplyThatAreTooLongToWait) {
  const auto labels = [](const std::string& name, size_t bytes) {
    return R"(data: {"id":"a","model":"m","choices":[],")" + name + R"(":")" + std::string(bytes, 'x') + "\"}\n\n";
  };
  const auto has = [](const std::vector<std::string>& lines, const std::string& name) {
    return std::any_of(lines.begin(), lines.end(),
                       [&](const std::string& line) { return line.find(name + "\":\"xx") != line.npos; });
  };
  for (const size_t bytes : {kWaitingExtraBytesMax / 2, 2 * kWaitingExtraBytesMax, 2 * kHeldExtraBytesMax}) {
    const std::string first = labels("first", bytes);
    const std::string second = labels("second", bytes);
    for (const std::string& stream :
         {first + second + kText + kFinish + kDone, kText + first + second + kFinish + kDone,
          first + kText + second + kFinish + kDone}) {
      const std::vector<std::string> lines = read(stream);
      EXPECT_TRUE(has(lines, "first")) << bytes;
      EXPECT_TRUE(has(lines, "second")) << bytes;
      EXPECT_TRUE(lines.back().starts_with("completed")) << lines.back().substr(0, 200);
    }
    EXPECT_TRUE(has(read(kText + kFinish + first + kDone), "first")) << bytes;
  }
  EXPECT_TRUE(read(labels("first", kWaitingExtraBytesMax / 2) + kDone).back().starts_with("failed"));
}

TEST(ChunkStreamDecoder, TakesNothingAfterTheEnd) {
  const std::vector<std::string> once = read(kText + kFinish + kDone);
  EXPECT_EQ(read(kText + kFinish + kDone + kText + kDone), once);
  EXPECT_EQ(read(test::Pieces{kText + kFinish + kDone, kText}), once);
}

TEST(ChunkStreamDecoder, CompletesAtTheEndMark) {
  test::Recorder recorder;
  ChunkStreamDecoder decoder;
  decoder.push(kText + kFinish, recorder);
  EXPECT_NE(recorder.lines.back(), "completed");
  decoder.push(kDone, recorder);
  EXPECT_EQ(recorder.lines.back(), "completed");
}

TEST(ChunkStreamDecoder, ReadsABodyThatIsNoStream) {
  const auto same_for_every_cut = [](const std::string& body) {
    const std::vector<std::string> whole = read(body);
    for (size_t cut = 1; cut < body.size(); ++cut) {
      EXPECT_EQ(read(test::Pieces{body.substr(0, cut), body.substr(cut)}), whole) << "cut at byte " << cut;
    }
    return whole;
  };
  EXPECT_EQ(same_for_every_cut(" \n{\"error\":{\"message\":\"Slow down\",\"code\":429}}").back(),
            read("data: {\"error\":{\"message\":\"Slow down\",\"code\":429}}\n\n").back());
  EXPECT_TRUE(
      same_for_every_cut(R"([{"error":{"message":"Slow down","code":429}}])").back().starts_with("failed 429 "));
  const std::vector<std::string> reply = same_for_every_cut(
      R"({"id":"a","created":1,"model":"m","choices":[{"index":0,"message":{"content":"Hi"},"finish_reason":"stop"}]})");
  EXPECT_EQ(reply, read(kText + kFinish + kDone));
}

TEST(ChunkStreamDecoder, FailsOnAnEmptyBody) {
  EXPECT_EQ(read("").back(), read("\n\n").back());
  EXPECT_TRUE(read("").back().starts_with("failed 502 server_error upstream_cut"));
}

TEST(ChunkStreamDecoder, FailsOnWrongTypes) {
  for (const char* choices :
       {R"("hello")", R"({"index":"0"})", R"({"index":-1})", R"({"index":128})", R"({"delta":[]})",
        R"({"delta":{"content":1}})", R"({"delta":{"tool_calls":{}}})", R"({"delta":{"tool_calls":[1]}})",
        R"({"delta":{"tool_calls":[{"function":1}]}})", R"({"finish_reason":1})"}) {
    const std::string last = read(chunk(choices) + kDone).back();
    EXPECT_TRUE(last.starts_with("failed 502 server_error upstream_bad_reply The provider's reply has ")) << last;
  }
}

TEST(ChunkStreamDecoder, LimitsTheNumberOfToolCalls) {
  std::string stream;
  for (size_t call = 0; call <= kToolCallsMax; ++call) {
    stream += chunk(R"({"index":0,"delta":{"tool_calls":[{"index":)" + std::to_string(call) +
                    R"(,"id":"c","function":{"name":"f","arguments":"{}"}}]}})");
  }
  EXPECT_EQ(read(stream + kDone).back(),
            "failed 502 server_error upstream_bad_reply The provider's reply has too many tool calls.");
}

TEST(ChunkStreamDecoder, LimitsWhatItKeepsOfIdsAndNames) {
  const std::string id(kToolNamesBytesMax / 2, 'i');
  std::string stream;
  for (int call = 0; call < 2; ++call) {
    EXPECT_EQ(read(stream + kDone).back().find("failed"), call == 0 ? 0U : std::string::npos);
    stream += chunk(R"({"index":0,"delta":{"tool_calls":[{"index":)" + std::to_string(call) + R"(,"id":")" + id +
                    std::to_string(call) + R"(","function":{"name":"f","arguments":"{}"}}]},"finish_reason":"stop"})");
  }
  EXPECT_EQ(read(stream + kDone).back(),
            "failed 502 server_error upstream_bad_reply The provider's reply has too many tool calls.");
}

TEST(ChunkStreamDecoder, KnowsTheFinishReasonsOfHosts) {
  const std::vector<std::pair<std::string, std::string>> words = {
      {"model_length", "length"},
      {"max_tokens", "length"},
      {"content_filter: PROHIBITED_CONTENT", "content_filter"},
      {"sensitive", "content_filter"},
      {"tool_use", "tool_calls"},
      {"error", "stop"},
      {"eos", "stop"},
  };
  for (const auto& [word, meaning] : words) {
    const std::vector<std::string> lines =
        read(kText + chunk(R"({"index":0,"delta":{},"finish_reason":")" + word + R"("})") + kDone);
    ASSERT_EQ(lines.size(), 4U) << word;
    EXPECT_EQ(lines[2], "finished 0 " + meaning + " native " + word);
  }
}

std::string call(int index, const std::string& name, const std::string& arguments) {
  return chunk(R"({"index":0,"delta":{"tool_calls":[{"index":)" + std::to_string(index) + R"(,"function":{"name":")" +
               name + R"(","arguments":")" + arguments + R"("}}]}})");
}

TEST(ChunkStreamDecoder, LimitsWhatWaitsOfLaterCalls) {
  const std::string half(kHeldTextBytesMax / 2, ' ');
  const std::string stream = call(0, "f", "{") + call(1, "g", "{") + call(1, "", half) + call(2, "h", "{");
  EXPECT_EQ(read(stream + call(1, "", "1")).size(), 4U) << "started, opened, its bracket, and that it was cut short";
  const std::vector<std::string> lines = read(stream + call(1, "", half) + call(0, "", "}") + kDone);
  ASSERT_EQ(lines.size(), 10U);
  EXPECT_TRUE(lines[4].starts_with("arguments 0.1 ")) << lines[4].substr(0, 20);
  EXPECT_EQ(lines[5], "arguments 0.0 \"}\"") << "what comes out of turn is passed on all the same";
  EXPECT_EQ(lines[7], "arguments 0.2 \"{\"");
}

TEST(ChunkStreamDecoder, MakesIdsThatNoOtherReplyHas) {
  const auto id_for = [](const std::string& seed) {
    ChunkStreamDecoder decoder({.model = "", .text_tool = "", .seed = seed});
    test::Recorder recorder;
    decoder.push(call(0, "f", "{}"), recorder);
    return recorder.lines.at(1);
  };
  EXPECT_EQ(id_for("a"), id_for("a"));
  EXPECT_NE(id_for("a"), id_for("b"));
}

TEST(ChunkStreamDecoder, LimitsTheSizeOfAnEvent) {
  EXPECT_EQ(read("data: " + std::string(kSseEventBytesMax + 1, 'x')).back(),
            "failed 502 server_error upstream_bad_reply The provider's reply has an event that is too long.");
}

std::string last_line(const std::string& stream, uint32_t choices) {
  ChunkStreamDecoder decoder({.model = "", .text_tool = "", .seed = "", .choices = choices});
  test::Recorder recorder;
  decoder.push(stream, recorder);
  const Error broke{.kind = ErrorKind::kUpstreamCut, .message = "It broke."};
  decoder.cut(broke, recorder);
  return recorder.lines.back();
}

TEST(ChunkStreamDecoder, CompletesAnAnswerThatBreaksOffAfterEveryFinishReason) {
  const std::string second = chunk(R"({"index":1,"delta":{"content":"Ho"}})");
  const std::string second_finish = chunk(R"({"index":1,"delta":{},"finish_reason":"length"})");
  EXPECT_EQ(last_line(kText + kFinish, 1), "completed");
  EXPECT_EQ(last_line(kText + kFinish + "data: {\"usage\":{\"prompt", 1), "completed") << "half an event says nothing";
  EXPECT_EQ(last_line(kText + kFinish.substr(0, kFinish.size() - 2), 1), "completed") << "its blank line is missing";
  EXPECT_EQ(last_line(kText + kFinish + second + second_finish, 2), "completed");
  EXPECT_EQ(last_line(kText + kFinish + kDone, 2), "completed") << "the end mark is enough";
  for (const std::string& stream : {kText, kText + kFinish.substr(0, kFinish.size() - 4)}) {
    EXPECT_EQ(last_line(stream, 1), "failed 502 server_error upstream_cut It broke.");
  }
  for (const std::string& stream : {kText + kFinish, kText + kFinish + second}) {
    EXPECT_EQ(last_line(stream, 2), "failed 502 server_error upstream_cut It broke.");
  }
}

TEST(ChunkStreamDecoder, AwaitsTheEndAfterEveryFinishReason) {
  const auto awaits = [](const std::string& stream, uint32_t choices) {
    ChunkStreamDecoder decoder({.model = "", .text_tool = "", .seed = "", .choices = choices});
    test::Recorder recorder;
    decoder.push(stream, recorder);
    return decoder.awaits_end();
  };
  const std::string both = chunk(R"({"index":0,"delta":{"content":"Hi"},"finish_reason":"stop"})");
  EXPECT_FALSE(awaits(kText, 1));
  EXPECT_TRUE(awaits(kText + kFinish, 1));
  EXPECT_FALSE(awaits(kText + kFinish, 2));
  EXPECT_TRUE(awaits(both, 1));
  EXPECT_TRUE(awaits(both + kText + kFinish, 1)) << "late text, and the same said again";
  EXPECT_FALSE(awaits(both + both, 1)) << "a host that says it with every chunk";
}

TEST(ChunkStreamDecoder, FillsASkippedChoice) {
  const std::vector<std::string> lines =
      read(chunk(R"({"index":1,"delta":{"content":"Hi"},"finish_reason":"stop"})") + kDone);
  EXPECT_EQ(lines, (std::vector<std::string>{"started 1 id a model m created 1", "text 1 \"Hi\"", "finished 1 stop",
                                             "started 0 id a model m created 1", "finished 0 stop", "completed"}));
}

}  // namespace
}  // namespace onellm::dialects::openai_chat
