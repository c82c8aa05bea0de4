#include "dialects/anthropic_messages/client/relay_watcher.h"

#include <gtest/gtest.h>

#include "support/every_cut.h"
#include "support/message_stream.h"
#include "support/transcript.h"

namespace onellm::dialects::anthropic_messages {
namespace {

struct Seen {
  bool done = false;
  bool error = false;
  int64_t total_tokens = -1;
  int64_t content_bytes = 0;
  bool is_whole = false;
  bool is_broken = false;
  std::string rest = {};
  bool operator==(const Seen&) const = default;
};

const Error kCut{.kind = ErrorKind::kUpstreamCut, .message = "cut"};

Seen watch(const test::Pieces& pieces) {
  MessageRelayWatcher watcher("req-1");
  for (const std::string_view piece : pieces) watcher.push(piece);
  const RelayEnding ending = watcher.end(kCut);
  return {watcher.end_mark_seen(),
          watcher.error_seen(),
          watcher.usage() == nullptr ? -1 : watcher.usage()->total_tokens,
          watcher.content_bytes(),
          ending.is_whole,
          ending.is_broken,
          ending.rest};
}

Seen watch(const std::string& stream) { return watch(test::Pieces{stream}); }

class EveryRelayedMessage : public testing::TestWithParam<test::Transcript> {};
INSTANTIATE_TEST_SUITE_P(Messages, EveryRelayedMessage,
                         testing::ValuesIn(test::read_transcripts("anthropic_messages/streams")),
                         [](const auto& test) { return test.param.name; });

TEST_P(EveryRelayedMessage, IsSeenTheSameForEveryCut) {
  test::expect_same_for_every_cut(GetParam().blocks.at("stream"),
                                  [](const test::Pieces& pieces) { return watch(pieces); });
}

// What the cheap look finds is what the full decoder finds.
TEST_P(EveryRelayedMessage, IsSeenAsTheDecoderSeesIt) {
  const std::string events = "\n" + GetParam().blocks.at("events");
  const Seen seen = watch(GetParam().blocks.at("stream"));
  const size_t usage = events.rfind("\nusage ");
  // The decoder stops at the second message; the client has the bytes of both.
  if (usage == events.npos || GetParam().name == "messages_spliced") return;
  const size_t total = events.find('=', usage) + 1;
  EXPECT_EQ(std::to_string(seen.total_tokens), events.substr(total, events.find_first_of(" \n", total) - total));
}

std::string event(const std::string& type, const std::string& members = "") {
  return "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + members + "}\n\n";
}

const std::string kStart =
    event("message_start", R"(,"message":{"id":"msg_1","model":"m","usage":{"input_tokens":5,"output_tokens":1}})");
const std::string kText = event("content_block_delta", R"(,"index":0,"delta":{"type":"text_delta","text":"abc\n"})");
const std::string kDelta = event("message_delta", R"(,"delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":7})");
const std::string kStop = event("message_stop");

TEST(MessageRelayWatcher, SeesAWholeStream) {
  const Seen seen = watch(kStart + event("ping") + kText + kDelta + kStop);
  EXPECT_EQ(seen, (Seen{.done = true, .total_tokens = 12, .content_bytes = 5, .is_whole = true}));
}

TEST(MessageRelayWatcher, AddsTheEndThatIsMissing) {
  EXPECT_EQ(watch(kStart + kText + kDelta).rest, kStop);
  const std::string without_blank_line = (kStart + kText + kDelta).substr(0, (kStart + kText + kDelta).size() - 2);
  EXPECT_EQ(watch(without_blank_line).rest, "\n\n" + kStop);
  EXPECT_TRUE(watch(without_blank_line).is_whole);
}

TEST(MessageRelayWatcher, AddsAnErrorAfterACutBetweenEvents) {
  const Seen seen = watch(kStart + kText);
  EXPECT_FALSE(seen.is_whole);
  EXPECT_FALSE(seen.is_broken);
  const test::MessageStream rest(seen.rest);
  EXPECT_EQ(rest.error["error"]["message"], "cut");
  EXPECT_EQ(rest.error["request_id"], "req-1");
}

TEST(MessageRelayWatcher, SaysThatHalfAnEventBreaksTheStream) {
  const std::string half = kStart + kText.substr(0, kText.size() - 9);
  EXPECT_TRUE(watch(half).is_broken);
  EXPECT_FALSE(watch(half).is_whole);
  EXPECT_EQ(watch(half).rest, "");
}

TEST(MessageRelayWatcher, AddsNothingAfterAnError) {
  const Seen seen = watch(kStart + event("error", R"(,"error":{"type":"overloaded_error","message":"m"})"));
  EXPECT_TRUE(seen.error);
  EXPECT_TRUE(seen.is_whole);
  EXPECT_EQ(seen.rest, "");
}

TEST(MessageRelayWatcher, IsNotFooledByTextThatQuotesAnEvent) {
  const std::string quoted = R"({\"type\":\"message_stop\",\"usage\":{\"output_tokens\":9},\"text\":\"x\"})";
  const Seen seen = watch(
      kStart + event("content_block_delta", R"(,"index":0,"delta":{"type":"text_delta","text":")" + quoted + "\"}"));
  EXPECT_FALSE(seen.done);
  EXPECT_EQ(seen.total_tokens, 6);
  EXPECT_EQ(seen.content_bytes, static_cast<int64_t>(quoted.size()));
}

TEST(MessageRelayWatcher, KnowsThatAnotherModelTookOver) {
  MessageRelayWatcher watcher("req-1");
  watcher.push(kStart + event("content_block_start", R"(,"index":0,"content_block":{"type":"fallback"})") + kDelta);
  ASSERT_NE(watcher.usage(), nullptr);
  EXPECT_TRUE(watcher.usage()->has_other_prices);
  EXPECT_TRUE(watcher.awaits_end());
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
