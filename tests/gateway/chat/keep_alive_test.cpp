// Comments that keep a silent stream open, and the head that comes after 15 s without content.
#include <gtest/gtest.h>

#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/openai_wire.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

Json ask(const std::string& model, bool stream = true) { return chat_request(model, stream); }

struct KeepAlive : ::testing::Test {
  Configured gateway;
  Driver driver{gateway};
};

TEST_F(KeepAlive, BringsTheHeadAfterFifteenSeconds) {
  driver.chat(ask("alpha"));
  driver.wait(14'999);
  EXPECT_EQ(driver.reply.status, 0);
  driver.wait(1);
  EXPECT_EQ(driver.reply.status, 200);
  EXPECT_EQ(driver.reply.body, ": keep-alive\n\n");
  driver.stream(0, speech("Late."));
  const Stream stream = read_stream(driver.reply.body);
  EXPECT_EQ(stream.choices.at(0).content, "Late.");
  EXPECT_EQ(stream.dones, 1);
}

TEST_F(KeepAlive, MakesLaterErrorsLinesOfTheStream) {
  driver.chat(ask("alpha"));
  driver.wait(15'000);
  driver.answer(0, 429, error_body("Slow", "requests", "rate_limit_exceeded"));
  EXPECT_EQ(driver.reply.status, 200);
  const Stream stream = read_stream(driver.reply.body);
  EXPECT_EQ(stream.error["code"], "rate_limit_exceeded");
  EXPECT_EQ(stream.dones, 1);
  EXPECT_TRUE(driver.reply.ended);
}

TEST_F(KeepAlive, LetsAFallbackAnswerAllTheSame) {
  driver.chat(ask("alpha|delta"));
  driver.wait(20'000);
  driver.fail(0);
  driver.stream(1, speech("Second."));
  EXPECT_EQ(read_stream(driver.reply.body).choices.at(0).content, "Second.");
}

TEST_F(KeepAlive, ComesEveryFifteenSecondsOfSilence) {
  driver.chat(ask("alpha"));
  driver.head(0, 200);
  driver.bytes(0, role() + text("One"));
  driver.wait(14'000);
  driver.bytes(0, text(" two"));
  driver.wait(14'999);
  EXPECT_EQ(read_stream(driver.reply.body).keep_alives, 0);
  driver.wait(1);
  EXPECT_EQ(read_stream(driver.reply.body).keep_alives, 1);
  driver.wait(45'000);
  EXPECT_EQ(read_stream(driver.reply.body).keep_alives, 4);
  driver.bytes(0, finish() + kDone);
  EXPECT_EQ(read_stream(driver.reply.body).dones, 1);
}

TEST_F(KeepAlive, NeverStandsInAnEvent) {
  driver.chat(ask("alpha"));
  driver.head(0, 200);
  const std::string whole = role() + text("Cut in the middle") + finish() + kDone;
  for (size_t at = 0; at < whole.size(); at += 50) {
    driver.bytes(0, whole.substr(at, 50));
    driver.wait(15'000);
  }
  const Stream stream = read_stream(driver.reply.body);
  EXPECT_EQ(stream.choices.at(0).content, "Cut in the middle");
  EXPECT_GT(stream.keep_alives, 2);
}

TEST_F(KeepAlive, IsNotSentIntoWholeReplies) {
  driver.chat(ask("alpha", false));
  driver.wait(100'000);
  EXPECT_EQ(driver.reply.status, 0);
  driver.answer(0, 200, completion("Whole."));
  EXPECT_EQ(driver.reply.json()["choices"][0]["message"]["content"], "Whole.");
}

TEST_F(KeepAlive, IsNotSentIntoRelayedStreams) {
  Json body = ask("gpt-4o");
  body["stream_options"] = {{"include_usage", true}};
  driver.chat(body);
  driver.head(0, 200);
  driver.bytes(0, role() + text("One"));
  driver.wait(100'000);
  driver.bytes(0, finish() + kDone);
  driver.end(0);
  EXPECT_EQ(driver.reply.body, role() + text("One") + finish() + kDone);
}

TEST_F(KeepAlive, MayComeBeforeARelay) {
  Json body = ask("gpt-4o");
  body["stream_options"] = {{"include_usage", true}};
  driver.chat(body);
  driver.wait(30'000);
  driver.stream(0, speech("Hi"));
  EXPECT_EQ(driver.reply.body, ": keep-alive\n\n: keep-alive\n\n" + speech("Hi"));
}

TEST_F(KeepAlive, StopsWithTheAnswer) {
  driver.chat(ask("alpha")).stream(0, speech("Hi"));
  const std::string body = driver.reply.body;
  driver.wait(100'000);
  EXPECT_EQ(driver.reply.body, body);
}

}  // namespace
}  // namespace onellm::gateway::test
