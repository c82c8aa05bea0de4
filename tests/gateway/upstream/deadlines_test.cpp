// How long an upstream may take, by a clock that only the test moves.
#include <gtest/gtest.h>

#include <algorithm>

#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/openai_wire.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

Json ask(const std::string& model, bool stream) {
  return chat_request(model, stream, {{"stream_options", {{"include_usage", true}}}});
}
Json ask_whole(const std::string& model) {
  return {{"model", model}, {"messages", {{{"role", "user"}, {"content", "Hi"}}}}};
}

// Expects the reply to end in a timeout of `setting` after just `ms`, not before.
void expect_times_out_after(Driver& driver, double ms, const std::string& setting) {
  driver.wait(ms - 1);
  EXPECT_FALSE(driver.reply.ended) << "too early\n" << driver.transcript();
  driver.wait(1);
  ASSERT_TRUE(driver.reply.ended) << driver.transcript();
  EXPECT_EQ(driver.fetches[0].aborts, 1) << driver.transcript();
  const bool in_stream = driver.reply.status == 200;
  const Json error = in_stream ? read_stream(driver.reply.body).error : driver.reply.json()["error"];
  EXPECT_TRUE(in_stream || driver.reply.status == 504) << driver.reply.status;
  EXPECT_EQ(error["code"], "upstream_timeout");
  EXPECT_NE(error["message"].get<std::string>().find(setting), std::string::npos) << error;
}

const char* kConnect = "ONELLM_CONNECT_TIMEOUT_MS";
const char* kFirst = "ONELLM_FIRST_TOKEN_TIMEOUT_MS";
const char* kIdle = "ONELLM_IDLE_TIMEOUT_MS";
const char* kTotal = "ONELLM_TOTAL_TIMEOUT_MS";
const Json kShort = {{kConnect, "1000"}, {kFirst, "5000"}, {kIdle, "2000"}};

struct Deadline : ::testing::TestWithParam<const char*> {
  Configured gateway{settings_with(kShort)};
  Driver driver{gateway};
};

TEST_P(Deadline, OfTheHead) {
  driver.chat(ask(GetParam(), true));
  expect_times_out_after(driver, 1000, kConnect);
}

TEST_P(Deadline, OfTheFirstEventRunsFromTheHead) {
  driver.chat(ask(GetParam(), true));
  driver.wait(900);
  driver.head(0, 200);
  expect_times_out_after(driver, 5000, kFirst);
}

TEST_P(Deadline, OfTheFirstEventIsNotMovedByComments) {
  driver.chat(ask(GetParam(), true));
  driver.head(0, 200);
  driver.wait(4000);
  driver.bytes(0, ": still there\n\n");
  expect_times_out_after(driver, 1000, kFirst);
}

TEST_P(Deadline, OfTheFirstEventIsNotEndedByARole) {
  driver.chat(ask(GetParam(), true));
  driver.head(0, 200);
  Json azure = chunk({{"role", "assistant"}, {"content", ""}});
  azure["choices"][0]["content_filter_results"] = Json::object();
  driver.bytes(0, sse(azure));
  expect_times_out_after(driver, 5000, kFirst);
}

TEST_P(Deadline, BetweenEventsRunsFromTheLastOne) {
  driver.chat(ask(GetParam(), true));
  driver.head(0, 200);
  driver.wait(4000);
  for (int i = 0; i < 10; ++i) {
    driver.bytes(0, i == 0 ? role() + text("w") : text("w"));
    driver.wait(1900);
  }
  driver.bytes(0, text("w"));
  expect_times_out_after(driver, 2000, kIdle);
  EXPECT_EQ(read_stream(driver.reply.body).dones, 1);
}

TEST_P(Deadline, BetweenEventsIsMovedByEverySignOfLife) {
  driver.chat(ask(GetParam(), true));
  driver.head(0, 200);
  driver.bytes(0, role() + text("w"));
  for (int i = 0; i < 5; ++i) {
    driver.wait(1900);
    driver.bytes(0, ": still thinking\n\n");
  }
  expect_times_out_after(driver, 2000, kIdle);
}

TEST_P(Deadline, OfAWholeReplyIsThatOfTheFirstToken) {
  driver.chat(ask_whole(GetParam()));
  expect_times_out_after(driver, 1000, kConnect);

  Configured by_default(settings_with({{kFirst, "5000"}, {kIdle, "2000"}}));
  Driver patient(by_default);
  patient.chat(ask_whole(GetParam()));
  expect_times_out_after(patient, 5000, kFirst);
}

TEST_P(Deadline, OfTheBodyOfAWholeReply) {
  driver.chat(ask_whole(GetParam()));
  driver.head(0, 200, {{"content-type", "application/json"}});
  expect_times_out_after(driver, 5000, kFirst);
}

TEST_P(Deadline, BetweenThePiecesOfAWholeReplyIsTheIdleOne) {
  driver.chat(ask_whole(GetParam()));
  driver.head(0, 200, {{"content-type", "application/json"}});
  driver.wait(4000);
  driver.bytes(0, std::string(kKeptBodyBytesMax, ' '));
  driver.wait(1000);
  driver.bytes(0, std::string(kKeptBodyBytesMax, ' '));
  expect_times_out_after(driver, 2000, kIdle);
  EXPECT_NE(driver.reply.error("message").find("no further part of the reply"), std::string::npos);
}

TEST_P(Deadline, OfAnErrorsBodyLeavesItsStatus) {
  driver.chat(ask_whole(GetParam()));
  driver.head(0, 429, {{"retry-after", "3"}});
  driver.bytes(0, "{\"err");
  driver.wait(2000);
  EXPECT_EQ(driver.reply.status, 429);
  EXPECT_EQ(driver.reply.header("retry-after"), "3");
  EXPECT_EQ(driver.fetches[0].aborts, 1);
}

TEST_P(Deadline, OfTheWholeRunsToTheFirstByteOfTheAnswer) {
  gateway.configure(settings_with({{kTotal, "3000"}}).dump());
  for (const bool stream : {true, false}) {
    Driver silent(gateway);
    silent.chat(stream ? ask(GetParam(), true) : ask_whole(GetParam()));
    expect_times_out_after(silent, 3000, kTotal);

    Driver empty(gateway);
    empty.chat(stream ? ask(GetParam(), true) : ask_whole(GetParam()));
    empty.wait(1000);
    empty.head(0, 200);
    expect_times_out_after(empty, 2000, kTotal);
  }
  driver.chat(ask(GetParam(), true));
  driver.head(0, 200);
  driver.bytes(0, role() + text("In time."));
  const size_t commands = driver.lines.size();
  driver.wait(4000);
  EXPECT_LE(driver.lines.size(), commands + 2) << "it wakes nobody any more";
  driver.bytes(0, finish() + kDone);
  driver.end(0);
  EXPECT_EQ(read_stream(driver.reply.body).choices.at(0).content, "In time.");
}

TEST_P(Deadline, OfTheWholeCountsTheClientsBody) {
  gateway.configure(settings_with({{kTotal, "3000"}}).dump());
  driver.request("POST /v1/chat/completions");
  driver.wait(2000);
  driver.send_body(ask(GetParam(), true).dump());
  driver.end_body();
  expect_times_out_after(driver, 1000, kTotal);
}

TEST_P(Deadline, OfTheWholeEndsRetriesAndFallbacks) {
  gateway.configure(settings_with({{kTotal, "3000"}, {kConnect, "2000"}, {"ONELLM_RETRIES", 5}}).dump());
  driver.chat(ask_whole(std::string(GetParam()) + "|gamma|delta"));
  driver.wait(2000);
  ASSERT_EQ(driver.calls(), 2U);
  driver.wait(1000);
  EXPECT_EQ(driver.calls(), 2U) << "the third would be too late";
  EXPECT_EQ(driver.reply.status, 504);
  EXPECT_NE(driver.reply.error("message").find(kTotal), std::string::npos);
}

TEST_P(Deadline, IsGoneWithTheAnswer) {
  driver.chat(ask(GetParam(), true)).stream(0, speech("Hi"));
  const std::string before = driver.transcript();
  driver.wait(1'000'000);
  EXPECT_EQ(driver.transcript(), before);
}

INSTANTIATE_TEST_SUITE_P(InBothLanes, Deadline, ::testing::Values("gpt-4o", "alpha"),
                         [](const auto& lane) { return lane.index == 0 ? "Native" : "Translated"; });

TEST(Deadlines, AreAMinuteFiveMinutesTwoAndTen) {
  Configured gateway;
  Driver driver(gateway);
  driver.chat(ask_whole("alpha"));
  expect_times_out_after(driver, 300'000, kFirst);

  Driver silent(gateway);
  silent.chat(ask("alpha", true));
  expect_times_out_after(silent, 60'000, kConnect);

  Driver stalled(gateway);
  stalled.chat(ask("alpha", true));
  stalled.head(0, 200);
  stalled.bytes(0, role() + text("w"));
  expect_times_out_after(stalled, 120'000, kIdle);

  gateway.configure(settings_with({{kFirst, "900000"}}).dump());
  Driver endless(gateway);
  endless.chat(ask_whole("alpha"));
  expect_times_out_after(endless, 600'000, kTotal);
}

TEST(Deadlines, OfFallbacksBeginAnew) {
  Configured gateway(settings_with(kShort));
  Driver driver(gateway);
  driver.chat(ask("alpha|delta", true));
  driver.wait(1000);
  ASSERT_EQ(driver.calls(), 2U);
  driver.wait(999);
  driver.stream(1, speech("Just in time."));
  EXPECT_EQ(read_stream(driver.reply.body).choices.at(0).content, "Just in time.");
}

TEST(Deadlines, NeedFewTimers) {
  Configured gateway;
  Driver driver(gateway);
  driver.chat(ask("alpha", true));
  driver.head(0, 200);
  for (int i = 0; i < 1000; ++i) {
    driver.now_ms += 10;
    driver.bytes(0, text("w"));
  }
  const auto timers = std::count_if(driver.lines.begin(), driver.lines.end(),
                                    [](const std::string& line) { return line.starts_with("timer"); });
  EXPECT_LE(timers, 3) << "not one for every event";
}

}  // namespace
}  // namespace onellm::gateway::test
