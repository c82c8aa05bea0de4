// Failures, keep-alives and relayed streams in a dialect that the gateway does not know.
#include <gtest/gtest.h>

#include "gateway/neutral/toy_gateway.h"
#include "support/records.h"

namespace onellm::gateway::test {
namespace {

const std::string kStart = toy_line({{"from", "served"}, {"id", "up"}});
const std::string kOne = toy_line({{"say", "One."}});
const std::string kEnd = toy_line({{"end", "stop"}});

struct NeutralFailures : ::testing::Test {
  ToyGateway gateway;
  ToyClient client{gateway};
};
using NeutralKeepAlive = NeutralFailures;
using NeutralRelay = NeutralFailures;

TEST_F(NeutralFailures, AProvidersErrorHasTheStatusOfTheDialect) {
  for (const bool stream : {true, false}) {
    ToyClient other(gateway);
    other.ask("google/gemini-2.5-flash", stream);
    other.answer(0, 503, R"({"error":{"code":503,"message":"Later.","status":"UNAVAILABLE"}})");
    const Json said = other.reply.json();
    EXPECT_EQ(other.reply.status, toy::kOverloadedStatus);
    EXPECT_EQ(said["oops"], "Later.");
    EXPECT_EQ(said["code"], "overloaded");
    EXPECT_EQ(said["request"], other.reply.header("x-request-id"));
    EXPECT_EQ(other.reply.header("x-onellm-upstream-status"), "503");
  }
}

TEST_F(NeutralFailures, AnErrorThatComesFirstInAStreamIsAnHttpError) {
  for (const char* model : {"d", "t"}) {
    ToyClient other(gateway);
    other.ask(model);
    other.say(0, toy_error("No money.", 429, "insufficient_quota"));
    EXPECT_EQ(other.reply.status, 429) << model;
    EXPECT_EQ(other.reply.header("content-type"), toy::kReplyType) << model;
    EXPECT_EQ(other.reply.json()["oops"], "No money.") << model;
  }
}

TEST_F(NeutralFailures, AnErrorAfterTheFirstWordIsALineOfTheStream) {
  client.ask("d");
  client.say(0, kStart + kOne + toy_error("Broken.", 500, "odd"));
  EXPECT_EQ(client.reply.status, 200);
  EXPECT_EQ(client.said(), "One.");
  EXPECT_EQ(client.line_with("oops")["oops"], "Broken.");
  EXPECT_EQ(client.line_with("oops")["request"], client.reply.header("x-request-id"));
  EXPECT_TRUE(client.reply.ended);
}

TEST_F(NeutralFailures, AStreamThatIsCutEndsWithAnError) {
  client.ask("d");
  client.say(0, kStart + kOne);
  EXPECT_EQ(client.line_with("oops")["code"], "upstream_cut");
  EXPECT_EQ(client.reply.body.find("over"), std::string::npos) << client.reply.body;
}

TEST_F(NeutralKeepAlive, IsInTheDialectOfTheRoute) {
  client.ask("d");
  client.wait(15'000);
  EXPECT_EQ(client.reply.status, 200);
  EXPECT_EQ(client.reply.header("content-type"), toy::kStreamType);
  EXPECT_EQ(client.reply.body, toy::kKeepAlive);
  client.begin_stream(0);
  client.bytes(0, kStart + kOne);
  client.wait(15'000);
  EXPECT_TRUE(client.reply.body.ends_with(toy::kKeepAlive)) << client.reply.body;
  client.bytes(0, kEnd + std::string(toy::kEndMark));
  client.end(0);
  EXPECT_EQ(client.said(), "One.");
  EXPECT_TRUE(client.reply.body.ends_with(toy::kEndMark)) << client.reply.body;
}

TEST_F(NeutralKeepAlive, MakesALaterErrorALineOfTheStream) {
  client.ask("d");
  client.wait(15'000);
  client.answer(0, toy::kOverloadedStatus, toy_error("Later.", toy::kOverloadedStatus, "overloaded"));
  EXPECT_EQ(client.line_with("oops")["status"], toy::kOverloadedStatus);
  EXPECT_TRUE(client.reply.ended);
}

TEST_F(NeutralRelay, AWholeReplyPassesAsItCame) {
  client.ask("t", false);
  EXPECT_EQ(client.fetches[0].url, "POST https://toy.test/");
  const std::string body = "\n" + toy_speech("One.");
  client.answer(0, 200, body, {{"content-type", std::string(toy::kReplyType)}});
  EXPECT_EQ(client.reply.header("content-type"), toy::kReplyType);
  EXPECT_EQ(client.reply.body, body);
}

TEST_F(NeutralRelay, AStreamPassesByteForByte) {
  client.ask("t");
  const std::string first = "\n" + kStart + kOne;
  const std::string rest = kEnd + toy_line({{"read", 3}, {"wrote", 2}}) + std::string(toy::kEndMark);
  client.begin_stream(0);
  client.bytes(0, first);
  EXPECT_TRUE(client.fetches[0].relayed);
  EXPECT_EQ(client.reply.header("content-type"), toy::kStreamType);
  client.bytes(0, rest);
  client.end(0);
  EXPECT_EQ(client.reply.body, first + rest);
  EXPECT_TRUE(client.reply.ended);
  EXPECT_FALSE(client.reply.broken);
}

TEST_F(NeutralRelay, ACompleteStreamGetsTheEndMarkThatItLacks) {
  client.ask("t");
  client.say(0, kStart + kOne + kEnd);
  EXPECT_EQ(client.reply.body, kStart + kOne + kEnd + std::string(toy::kEndMark));
  EXPECT_TRUE(client.reply.ended);
}

TEST_F(NeutralRelay, AStreamThatIsCutBetweenEventsGetsAnError) {
  client.ask("t");
  client.say(0, kStart + kOne);
  EXPECT_TRUE(client.reply.body.starts_with(kStart + kOne));
  EXPECT_EQ(client.line_with("oops")["code"], "upstream_cut");
  EXPECT_EQ(client.line_with("oops")["request"], client.reply.header("x-request-id"));
  EXPECT_TRUE(client.reply.ended);
}

TEST_F(NeutralRelay, AStreamThatIsCutInsideAnEventIsBroken) {
  client.ask("t");
  client.say(0, kStart + kOne + "{\"say\":\"Tw");
  EXPECT_TRUE(client.reply.broken);
  EXPECT_TRUE(client.reply.body.ends_with("{\"say\":\"Tw")) << client.reply.body;
}

TEST_F(NeutralRelay, ItsUsageIsCounted) {
  client.ask("t");
  client.say(0, toy_speech("One."));
  ASSERT_EQ(client.records.size(), 1U);
  EXPECT_EQ(number(client.records[0], "prompt_tokens"), 3);
  EXPECT_EQ(number(client.records[0], "completion_tokens"), 2);
}

}  // namespace
}  // namespace onellm::gateway::test
