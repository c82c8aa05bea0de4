#include "dialects/openai_chat/client/relay_watcher.h"

#include <gtest/gtest.h>

#include "support/every_cut.h"
#include "support/transcript.h"

namespace onellm::dialects::openai_chat {
namespace {

struct Seen {
  bool done = false;
  bool finish = false;
  bool error = false;
  int64_t total_tokens = -1;
  bool operator==(const Seen&) const = default;
};

Seen watch(const test::Pieces& pieces) {
  ChunkRelayWatcher watcher;
  for (const std::string_view piece : pieces) watcher.push(piece);
  static_cast<void>(watcher.end({}));
  return {watcher.end_mark_seen(), watcher.finished(), watcher.error_seen(),
          watcher.usage() == nullptr ? -1 : watcher.usage()->total_tokens};
}

Seen watch(const std::string& stream) { return watch(test::Pieces{stream}); }

class EveryRelayedStream : public testing::TestWithParam<test::Transcript> {};
INSTANTIATE_TEST_SUITE_P(ChatCompletions, EveryRelayedStream,
                         testing::ValuesIn(test::read_transcripts("openai_chat/streams")),
                         [](const auto& test) { return test.param.name; });

TEST_P(EveryRelayedStream, IsSeenTheSameForEveryCut) {
  test::expect_same_for_every_cut(GetParam().blocks.at("stream"),
                                  [](const test::Pieces& pieces) { return watch(pieces); });
}

// What the cheap look finds is what the full decoder finds.
TEST_P(EveryRelayedStream, IsSeenAsTheDecoderSeesIt) {
  const std::string stream = GetParam().blocks.at("stream");
  const std::string events = "\n" + GetParam().blocks.at("events");
  const Seen seen = watch(stream);
  EXPECT_EQ(seen.done, stream.find("[DONE]") != stream.npos);
  const bool has_usage = events.find("\nusage ") != events.npos;
  EXPECT_EQ(seen.total_tokens >= 0, has_usage);
  if (has_usage) {
    const size_t total = events.find('=', events.find("\nusage ")) + 1;
    EXPECT_EQ(std::to_string(seen.total_tokens), events.substr(total, events.find(' ', total) - total));
  }
  EXPECT_EQ(seen.error, GetParam().name.starts_with("error_"));
}

TEST(RelayWatcher, IsNotFooledByTextThatQuotesAChunk) {
  const std::string text = R"({\"usage\":{\"total_tokens\":9},\"error\":{},\"finish_reason\":\"stop\"} data: [DONE])";
  EXPECT_EQ(watch(R"(data: {"choices":[{"index":0,"delta":{"content":")" + text +
                  R"("},"finish_reason":null}],"usage":null})" + "\n\n"),
            Seen{});
}

TEST(RelayWatcher, ReadsWhatStandsLooselyWritten) {
  const Seen seen =
      watch("data:{\"choices\":[{\"finish_reason\" : \"stop\"}], \"usage\" :\t{\"total_tokens\":3}}\n\ndata:[DONE]");
  EXPECT_EQ(seen, (Seen{.done = true, .finish = true, .error = false, .total_tokens = 3}));
}

RelayEnding ending_of(const std::string& stream) {
  ChunkRelayWatcher watcher;
  watcher.push(stream);
  return watcher.end({.kind = ErrorKind::kUpstreamCut, .message = "Cut."});
}

TEST(RelayWatcher, EndsAnIncompleteStreamWithAnErrorUnlessItStopsInsideAnEvent) {
  const std::string chunk = R"(data: {"id":"x","choices":[{"index":0,"delta":{"content":"One"}}]})"
                            "\n\n";
  for (const std::string& stream : {std::string(), chunk}) {
    const RelayEnding ending = ending_of(stream);
    EXPECT_FALSE(ending.is_whole);
    EXPECT_FALSE(ending.is_broken);
    EXPECT_EQ(ending.rest,
              R"(data: {"error":{"message":"Cut.","type":"server_error","param":null,"code":"upstream_cut"}})"
              "\n\ndata: [DONE]\n\n");
  }
  for (const std::string& stream : {std::string("data: {"), chunk + "data: {"}) {
    const RelayEnding ending = ending_of(stream);
    EXPECT_FALSE(ending.is_whole);
    EXPECT_TRUE(ending.is_broken);
    EXPECT_EQ(ending.rest, "");
  }
}

std::string finish_of(int index, const std::string& content = "") {
  return R"(data: {"id":"x","choices":[{"index":)" + std::to_string(index) + R"(,"delta":{"content":")" + content +
         R"("},"finish_reason":"stop"}]})" + "\n\n";
}

TEST(RelayWatcher, IsFinishedWhenEveryChoiceAskedForHasItsFinishReason) {
  ChunkRelayWatcher watcher(2);
  EXPECT_FALSE(watcher.finished());
  watcher.push(finish_of(1) + finish_of(1));
  EXPECT_FALSE(watcher.finished()) << "the same choice twice";
  watcher.push(finish_of(0));
  EXPECT_TRUE(watcher.finished());
  EXPECT_TRUE(watcher.awaits_end());
}

TEST(RelayWatcher, AwaitsNoEndOfAHostThatFinishesEveryChunk) {
  ChunkRelayWatcher watcher;
  watcher.push(finish_of(0, "one"));
  EXPECT_TRUE(watcher.awaits_end());
  watcher.push(finish_of(0));
  EXPECT_TRUE(watcher.awaits_end()) << "a second finish_reason that comes alone says nothing new";
  watcher.push(finish_of(0, "two"));
  EXPECT_FALSE(watcher.awaits_end());
  EXPECT_TRUE(watcher.finished());
}

TEST(RelayWatcher, AddsWhatTheEndOfACompleteStreamLacks) {
  const auto rest_of = [](const std::string& stream) {
    const RelayEnding ending = ending_of(stream);
    EXPECT_NE(ending.is_whole, ending.is_broken) << stream;
    return ending.is_broken ? "(broken)" : ending.rest;
  };
  const std::string whole = finish_of(0);
  const std::string mark = "data: [DONE]\n\n";
  EXPECT_EQ(rest_of(whole + mark), "");
  EXPECT_EQ(rest_of(whole), mark);
  EXPECT_EQ(rest_of(whole.substr(0, whole.size() - 1)), "\n\n" + mark);
  EXPECT_EQ(rest_of(whole.substr(0, whole.size() - 2)), "\n\n" + mark);
  EXPECT_EQ(rest_of(whole.substr(0, whole.size() - 3)), "(broken)");
  EXPECT_EQ(rest_of(whole + "data: [DONE]"), "\n\n");
  EXPECT_EQ(rest_of(whole + "data: [DO"), "(broken)");
  EXPECT_EQ(rest_of(whole + "da"), "(broken)");
  EXPECT_EQ(rest_of(whole + ": a com"), "\n\n" + mark) << "a comment gives no event";
  EXPECT_EQ(rest_of(whole + "data: {\n: a com"), "(broken)");
  EXPECT_EQ(rest_of("data: {\"error\":{\"message\":\"No.\"}}\n\n"), mark) << "an error completes a stream";
}

TEST(RelayWatcher, CountsTheTextOfDeltas) {
  const auto bytes_of = [](const std::string& stream) {
    ChunkRelayWatcher watcher;
    watcher.push(stream);
    return watcher.content_bytes();
  };
  const auto chunk_with = [](const std::string& delta) {
    return R"(data: {"id":"x","choices":[{"index":0,"delta":)" + delta +
           R"(,"finish_reason":null}],"obfuscation":"aaa"})" + "\n\n";
  };
  EXPECT_EQ(bytes_of(chunk_with(R"({"content":"Hello"})")), 5);
  EXPECT_EQ(bytes_of(chunk_with(R"({"content":"a\"b}"})")), 5) << "escapes count as they stand";
  EXPECT_EQ(bytes_of(chunk_with(R"({"content":"one"})") + chunk_with(R"({"reasoning_content":"four"})")), 7);
  EXPECT_EQ(bytes_of(chunk_with(R"({"tool_calls":[{"index":0,"function":{"arguments":"{}"}}]})")), 2);
  EXPECT_EQ(bytes_of(chunk_with(R"({"role":"assistant","content":""})")), 0);
  EXPECT_EQ(
      bytes_of(chunk_with(
          R"({"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"go","arguments":""}}]})")),
      2);
  EXPECT_EQ(bytes_of(chunk_with(R"({"content" : [{"type":"text", "text" : "one"}],"audio":{"data":"AAAA"}})")), 3);
  EXPECT_EQ(bytes_of(chunk_with(R"({"reasoning":"four","reasoning_details":[{"type":"t","text":"four"}]})")), 4);
  EXPECT_EQ(bytes_of("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"one\"},\"message\":{\"content\":"
                     "\"all of it\"}},{\"index\":1,\"delta\":null,\"a\":{\"content\":\"b\"}},"
                     "{\"index\":2,\"delta\":{\"refusal\":\"no\"}}]}\n\n"),
            5)
      << "of every choice, and its delta alone";
  EXPECT_EQ(bytes_of(chunk_with("{}")), 0);
  EXPECT_EQ(bytes_of(chunk_with("null")), 0);
  EXPECT_EQ(bytes_of("data: {\"choices\":[],\"usage\":null}\n\n"), 0);
  EXPECT_EQ(bytes_of("data: {\"delta\":{\"content\":\"unclosed\n\n"), 8) << "nothing is read past the end";
}

}  // namespace
}  // namespace onellm::dialects::openai_chat
