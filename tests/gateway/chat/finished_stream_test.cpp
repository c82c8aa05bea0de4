// A stream that breaks off or hangs: an error, unless every choice that was asked for has its finish_reason.
// Then the answer is whole, and its end is not waited for longer than two seconds.
#include <gtest/gtest.h>

#include "base/limits.h"
#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/openai_wire.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

constexpr double kTwoSecondsMs = 2'000;
constexpr double kIdleMs = 120'000;
constexpr double kPingMs = 250;

std::string of_choice(int index, const std::string& event) {
  std::string out = event;
  return out.replace(out.find("\"index\":0"), 9, "\"index\":" + std::to_string(index));
}

std::string claude(const std::string& type, const std::string& members) {
  return "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + members + "}\n\n";
}

std::string gemini(int index, const std::string& members) {
  return R"(data: {"candidates":[{"index":)" + std::to_string(index) + members +
         R"(}],"usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":2,"totalTokenCount":5}})" + "\r\n\r\n";
}

// One upstream's format, and the lane that its stream takes.
struct Wire {
  const char* name;
  const char* model;
  int choices_max;
  bool native;
  std::string (*words)(int index);
  std::string (*finish)(int index);
  std::string usage;  // What follows the last finish; empty: it came before.
  std::string ping;
  bool ends_with_finish = false;  // Its finish is its end mark.
};

std::string openai_words(int index) { return of_choice(index, role()) + of_choice(index, text("w")); }
std::string openai_finish(int index) { return of_choice(index, finish()); }
std::string claude_words(int) {
  return claude("message_start", R"(,"message":{"id":"m","model":"c","content":[],"usage":{"input_tokens":3}})") +
         claude("content_block_start", R"(,"index":0,"content_block":{"type":"text","text":""})") +
         claude("content_block_delta", R"(,"index":0,"delta":{"type":"text_delta","text":"w"})");
}
std::string claude_finish(int) {
  return claude("content_block_stop", R"(,"index":0)") +
         claude("message_delta", R"(,"delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":2})");
}
std::string gemini_words(int index) { return gemini(index, R"(,"content":{"parts":[{"text":"w"}]})"); }
std::string gemini_finish(int index) { return gemini(index, R"(,"finishReason":"STOP")"); }

std::string responses_words(int) {
  return sse({{"type", "response.output_text.delta"}, {"output_index", 0}, {"delta", "w"}});
}
std::string responses_finish(int) {
  const Json tokens = {{"input_tokens", 3}, {"output_tokens", 2}, {"total_tokens", 5}};
  return sse({{"type", "response.completed"},
              {"response", {{"id", "r"}, {"status", "completed"}, {"output", Json::array()}, {"usage", tokens}}}});
}

const Wire kWires[] = {
    {"Native", "gpt-4o", 3, true, openai_words, openai_finish, usage(3, 2), ": ping\n\n"},
    {"Chat", "alpha", 3, false, openai_words, openai_finish, usage(3, 2), ": ping\n\n"},
    {"Claude", "claude-opus-4-6", 1, false, claude_words, claude_finish, "", claude("ping", "")},
    {"Gemini", "gemini-2.5-flash", 1, false, gemini_words, gemini_finish, "", ": ping\n\n"},
    {"Responses", "o3-pro", 1, false, responses_words, responses_finish, "", ": ping\n\n", true},
};

enum class How : uint8_t { kEnd, kReset, kSilence, kPings, kHalfEnd, kHalfReset, kHalfSilence };

const std::pair<How, const char*> kHows[] = {
    {How::kEnd, "Ends"},
    {How::kReset, "Breaks"},
    {How::kSilence, "IsSilent"},
    {How::kPings, "Pings"},
    {How::kHalfEnd, "EndsInAnEvent"},
    {How::kHalfReset, "BreaksInAnEvent"},
    {How::kHalfSilence, "IsSilentInAnEvent"},
};

bool is_half(How how) { return how == How::kHalfEnd || how == How::kHalfReset || how == How::kHalfSilence; }
bool hangs(How how) { return how == How::kSilence || how == How::kPings || how == How::kHalfSilence; }

using Case = std::tuple<Wire, int, std::pair<How, const char*>>;

struct FinishedStream : ::testing::TestWithParam<Case> {
  [[nodiscard]] const Wire& wire() const { return std::get<0>(GetParam()); }
  [[nodiscard]] int choices() const { return std::get<1>(GetParam()); }
  [[nodiscard]] How how() const { return std::get<2>(GetParam()).first; }
  // The client of a relayed stream has half an event already, and nothing that follows makes it whole.
  [[nodiscard]] bool is_beyond_help() const { return wire().native && is_half(how()); }

  // Begins every choice and finishes so many of them.
  void answer(Driver& driver, int finished) {
    Json more = {{"stream_options", {{"include_usage", true}}}};
    if (choices() > 1) more["n"] = choices();
    driver.chat(chat_request(wire().model, true, more));
    ASSERT_EQ(driver.calls(), 1U) << driver.reply.body;
    driver.head(0, 200);
    for (int index = 0; index < choices(); ++index) driver.bytes(0, wire().words(index));
    for (int index = 0; index < finished; ++index) driver.bytes(0, wire().finish(index));
  }

  // What happens then, over `ms`.
  void go_wrong(Driver& driver, double ms) {
    if (is_half(how())) driver.bytes(0, wire().usage.empty() ? "data: {\"type" : wire().usage.substr(0, 90));
    if (how() == How::kEnd || how() == How::kHalfEnd) return driver.end(0);
    if (how() == How::kReset || how() == How::kHalfReset) return driver.fail(0);
    for (double waited = 0; waited < ms; waited += kPingMs) {
      driver.wait(kPingMs);
      if (how() == How::kPings) driver.bytes(0, wire().ping);
    }
  }

  void expect_whole(Driver& driver, bool with_usage) {
    if (is_beyond_help()) {
      EXPECT_TRUE(driver.reply.broken) << driver.transcript();
      return;
    }
    ASSERT_TRUE(driver.reply.ended) << driver.transcript();
    const Stream stream = read_stream(driver.reply.body);
    EXPECT_TRUE(stream.error.is_null()) << stream.error;
    EXPECT_EQ(stream.dones, 1);
    ASSERT_EQ(stream.choices.size(), static_cast<size_t>(choices()));
    for (const auto& [index, choice] : stream.choices) {
      EXPECT_EQ(choice.content, "w") << index;
      EXPECT_EQ(choice.finishes, std::vector<std::string>{"stop"}) << index;
    }
    if (with_usage) {
      EXPECT_EQ(stream.usage["total_tokens"], 5);
    }
    if (hangs(how()) && !wire().ends_with_finish) {
      EXPECT_EQ(driver.fetches[0].aborts, 1);
    }
  }

  Configured gateway{settings_with({{"ANTHROPIC_API_KEY", "a"}, {"GEMINI_API_KEY", "g"}})};
};

TEST_P(FinishedStream, IsWholeHoweverItEnds) {
  Driver driver(gateway);
  answer(driver, choices());
  go_wrong(driver, kTwoSecondsMs);
  expect_whole(driver, wire().usage.empty());
}

TEST_P(FinishedStream, IsWholeAfterItsUsageToo) {
  Driver driver(gateway);
  answer(driver, choices());
  driver.wait(1'000);
  if (!wire().ends_with_finish) driver.bytes(0, wire().usage);
  go_wrong(driver, kTwoSecondsMs - 1'000);
  expect_whole(driver, true);
}

TEST_P(FinishedStream, IsAnErrorWhereAChoiceLacksItsFinishReason) {
  for (int finished = 0; finished < choices(); ++finished) {
    Driver driver(gateway);
    answer(driver, finished);
    go_wrong(driver, how() == How::kPings ? kTwoSecondsMs * 5 : kIdleMs);
    if (how() == How::kPings) {
      EXPECT_FALSE(driver.reply.ended) << "it goes on, as far as anybody knows";
      continue;
    }
    if (is_beyond_help()) {
      EXPECT_TRUE(driver.reply.broken);
      continue;
    }
    ASSERT_TRUE(driver.reply.ended) << driver.transcript();
    const Stream stream = read_stream(driver.reply.body);
    EXPECT_EQ(stream.error["code"], hangs(how()) ? "upstream_timeout" : "upstream_cut");
    EXPECT_EQ(stream.dones, 1);
    for (const auto& [index, choice] : stream.choices) {
      const std::vector<std::string> stop = {"stop"};
      EXPECT_EQ(choice.finishes, index < finished ? stop : std::vector<std::string>()) << index;
    }
  }
}

// The copies of a relayed stream lag: half an event may be with the client that was not read here.
struct RelayThatEndsLate : ::testing::Test {
  void relay_until_late() {
    driver.stops_relays = false;
    driver.chat(chat_request("gpt-4o", true, {{"stream_options", {{"include_usage", true}}}}));
    driver.head(0, 200);
    driver.bytes(0, role() + text("w") + finish());
    driver.wait(kEndAfterFinishMs);
    ASSERT_EQ(driver.fetches[0].aborts, 1);
    EXPECT_FALSE(driver.reply.ended);
    EXPECT_EQ(driver.reply.body.find("[DONE]"), std::string::npos) << "nobody knows yet where it would stand";
  }

  Configured gateway;
  Driver driver{gateway};
};

TEST_F(RelayThatEndsLate, GetsItsEndMarkBehindAWholeEvent) {
  relay_until_late();
  driver.bytes(0, usage(3, 2));
  driver.fail(0);
  EXPECT_TRUE(driver.reply.ended);
  EXPECT_EQ(read_stream(driver.reply.body).dones, 1);
  EXPECT_EQ(read_stream(driver.reply.body).usage["total_tokens"], 5);
}

TEST_F(RelayThatEndsLate, IsBrokenVisiblyBehindHalfAnEvent) {
  relay_until_late();
  driver.bytes(0, usage(3, 2).substr(0, 90));
  driver.fail(0);
  EXPECT_TRUE(driver.reply.broken);
  EXPECT_EQ(driver.reply.body.find("[DONE]"), std::string::npos);
}

TEST_F(RelayThatEndsLate, IsBrokenVisiblyWhereItsLastBytesNeverCome) {
  relay_until_late();
  driver.wait(kRelayStopMs);
  EXPECT_TRUE(driver.reply.broken);
}

std::vector<Case> all_cases() {
  std::vector<Case> cases;
  for (const Wire& wire : kWires) {
    for (const int choices : {1, 3}) {
      for (const auto& how : kHows) {
        if (choices <= wire.choices_max) cases.emplace_back(wire, choices, how);
      }
    }
  }
  return cases;
}

std::string name_of(const ::testing::TestParamInfo<Case>& test) {
  const auto& [wire, choices, how] = test.param;
  return std::string(wire.name) + std::to_string(choices) + how.second;
}

INSTANTIATE_TEST_SUITE_P(Of, FinishedStream, ::testing::ValuesIn(all_cases()), name_of);

// --- the clock ---

struct LateEnd : ::testing::TestWithParam<const char*> {
  void begin(const std::string& first) {
    driver.chat(chat_request(GetParam(), true, {{"stream_options", {{"include_usage", true}}}}));
    driver.head(0, 200);
    driver.bytes(0, first);
  }
  Configured gateway;
  Driver driver{gateway};
};

TEST_P(LateEnd, IsWaitedForUntilItsTimeIsOver) {
  begin(role() + text("w"));
  driver.wait(10'000);
  driver.bytes(0, finish());
  driver.wait(kEndAfterFinishMs - 1);
  EXPECT_FALSE(driver.reply.ended);
  driver.wait(1);
  EXPECT_TRUE(driver.reply.ended);
  EXPECT_LE(kEndAfterFinishMs, kTwoSecondsMs);
}

TEST_P(LateEnd, IsNotPutOffByWhatComesBetween) {
  begin(role() + text("w") + finish());
  for (int i = 0; i < 16 && !driver.reply.ended; ++i) {
    driver.wait(125);
    driver.bytes(0, i % 2 == 0 ? usage(3, 2) : finish());
  }
  EXPECT_TRUE(driver.reply.ended);
  EXPECT_EQ(driver.fetches[0].aborts, 1);
}

TEST_P(LateEnd, LetsWhatComesBeforeItPass) {
  begin(role() + text("w") + finish());
  driver.wait(1'000);
  driver.bytes(0, text("late"));
  driver.wait(500);
  driver.bytes(0, kDone);
  driver.end(0);
  EXPECT_NE(driver.reply.body.find("late"), std::string::npos);
  EXPECT_TRUE(driver.reply.ended);
  EXPECT_EQ(driver.fetches[0].aborts, 0);
}

TEST_P(LateEnd, IsTheEndOfOneChoiceOnlyWhereMoreWereAskedFor) {
  driver.chat(chat_request(GetParam(), true, {{"n", 2}, {"stream_options", {{"include_usage", true}}}}));
  driver.head(0, 200);
  driver.bytes(0, openai_words(0) + openai_finish(0));
  driver.wait(30'000);
  EXPECT_FALSE(driver.reply.ended) << "the other one may take its time";
  driver.bytes(0, openai_words(1) + openai_finish(1));
  driver.wait(kTwoSecondsMs);
  EXPECT_TRUE(driver.reply.ended);
  EXPECT_EQ(read_stream(driver.reply.body).choices.at(1).finishes, std::vector<std::string>{"stop"});
}

TEST_P(LateEnd, IsAcceptedAsAnEndMarkAlone) {
  begin(role() + text("w") + kDone);
  driver.fail(0);
  EXPECT_TRUE(driver.reply.ended);
  EXPECT_FALSE(driver.reply.broken);
  EXPECT_TRUE(read_stream(driver.reply.body).error.is_null());
}

// Known of hosts, and of Google: such a finish_reason says nothing.
TEST_P(LateEnd, IsNotInferredWhereEveryChunkHasAFinishReason) {
  begin(role());
  for (int i = 0; i < 10; ++i) {
    driver.bytes(0, sse(chunk({{"content", "w"}}, "stop")));
    driver.wait(i == 0 ? 1'000 : 5'000);
    ASSERT_FALSE(driver.reply.ended) << i;
  }
  driver.end(0);
  EXPECT_TRUE(driver.reply.ended);
  size_t words = 0;
  for (size_t at = 0; (at = driver.reply.body.find(R"("content":"w")", at)) != std::string::npos; ++at) ++words;
  EXPECT_EQ(words, 10U);
  EXPECT_EQ(driver.reply.body.find("error"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(InBothLanes, LateEnd, ::testing::Values("gpt-4o", "alpha"),
                         [](const auto& lane) { return lane.index == 0 ? "Native" : "Translated"; });

TEST(StreamEnd, IsNotInferredFromGeminisStopOnEveryChunk) {
  Configured gateway(settings_with({{"GEMINI_API_KEY", "g"}}));
  Driver driver(gateway);
  driver.chat(chat_request("gemini-2.5-flash", true));
  driver.head(0, 200);
  for (int i = 0; i < 10; ++i) {
    driver.bytes(0, gemini(0, R"(,"content":{"parts":[{"text":"w"}]},"finishReason":"STOP")"));
    driver.wait(i == 0 ? 1'000 : 5'000);
  }
  driver.end(0);
  const Stream stream = read_stream(driver.reply.body);
  EXPECT_EQ(stream.choices.at(0).content, "wwwwwwwwww");
  EXPECT_EQ(stream.choices.at(0).finishes, std::vector<std::string>{"stop"});
}

TEST(StreamEnd, ComesInALegThatWaitsForItsTurn) {
  Configured gateway;
  Driver driver(gateway);
  driver.chat(chat_request("alpha,delta", true));
  driver.head(0, 200);
  driver.head(1, 200);
  driver.bytes(1, role() + text("second") + finish());
  driver.wait(kTwoSecondsMs);
  EXPECT_EQ(driver.fetches[1].aborts, 1);
  driver.bytes(0, role() + text("first") + finish());
  driver.wait(kTwoSecondsMs);
  const Stream stream = read_stream(driver.reply.body);
  EXPECT_EQ(stream.choices.at(0).content, "first\n\nsecond");
  EXPECT_TRUE(stream.error.is_null());
  EXPECT_EQ(stream.dones, 1);
}

TEST(StreamEnd, HasItsTimeAnewWhenAHeldBackLegIsReadAgain) {
  Configured gateway;
  Driver driver(gateway);
  driver.chat(chat_request("alpha,delta", true));
  driver.head(0, 200);
  driver.head(1, 200);
  driver.bytes(1, role() + text(std::string(kWaitingLegTextBytesMax + 1, 'x')) + finish());
  ASSERT_TRUE(driver.fetches[1].paused);
  driver.wait(30'000);
  EXPECT_EQ(driver.fetches[1].aborts, 0);
  driver.bytes(0, speech("first"));
  ASSERT_FALSE(driver.fetches[1].paused);
  driver.wait(1'000);
  driver.bytes(1, usage(3, 2));
  EXPECT_EQ(driver.fetches[1].aborts, 0);
  driver.wait(1'000);
  EXPECT_TRUE(driver.reply.ended);
  EXPECT_TRUE(read_stream(driver.reply.body).error.is_null());
}

// The line in a relayed stream is ended first.
TEST(StreamEnd, MayComeInsideAComment) {
  Configured gateway;
  Driver driver(gateway);
  driver.chat(chat_request("gpt-4o", true, {{"stream_options", {{"include_usage", true}}}}));
  driver.head(0, 200);
  const std::string sent = role() + text("w") + finish() + ": pi";
  driver.bytes(0, sent);
  driver.fail(0);
  EXPECT_EQ(driver.reply.body, sent + "\n\n" + kDone);
  EXPECT_TRUE(driver.reply.ended);
}

}  // namespace
}  // namespace onellm::gateway::test
