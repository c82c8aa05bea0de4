// Several models are joined to one answer in a dialect that the gateway does not know.
#include <gtest/gtest.h>

#include "gateway/neutral/toy_gateway.h"

namespace onellm::gateway::test {
namespace {

const std::string kStart = toy_line({{"from", "served"}, {"id", "up"}});

struct NeutralMerging : ::testing::Test {
  ToyGateway gateway;
  ToyClient client{gateway};
};

TEST_F(NeutralMerging, ConcatJoinsTheTextsInTheOrderAsked) {
  for (const bool stream : {true, false}) {
    ToyClient other(gateway);
    other.ask("d,toy/t", stream);
    ASSERT_EQ(other.calls(), 2U);
    other.answer(1, 200, toy_speech("Two."), {{"content-type", std::string(toy::kStreamType)}});
    EXPECT_EQ(other.said(), "") << "the first leg is awaited";
    other.answer(0, 200, toy_speech("One."), {{"content-type", std::string(toy::kStreamType)}});
    EXPECT_EQ(other.said(), "One.\n\nTwo.") << other.reply.body;
    EXPECT_EQ(other.line_with("end")["legs"], (Json{"d 200", "toy/t 200"})) << other.reply.body;
    EXPECT_EQ(other.line_with("read")["read"], 6);
    EXPECT_TRUE(other.reply.body.ends_with(toy::kEndMark)) << other.reply.body;
    EXPECT_FALSE(other.fetches[1].relayed) << "one of several legs is never relayed";
  }
}

TEST_F(NeutralMerging, ConcatShowsAFailedLegInTheText) {
  client.ask("d,e");
  client.answer(0, toy::kOverloadedStatus, toy_error("Later.", toy::kOverloadedStatus, "overloaded"));
  client.say(1, toy_speech("Two."));
  EXPECT_EQ(client.said(), "[d: overloaded (503)]\n\nTwo.");
  EXPECT_EQ(client.line_with("end")["legs"], (Json{"d 418", "e 200"}));
}

TEST_F(NeutralMerging, RaceGivesTheFirstModelThatSaysSomething) {
  client.ask("d,e", true, {{"join", "race"}});
  client.begin_stream(0);
  client.bytes(0, kStart);
  client.say(1, toy_speech("Faster."));
  EXPECT_EQ(client.said(), "Faster.");
  EXPECT_EQ(client.line_with("from")["from"], "e");
  EXPECT_EQ(client.fetches[0].aborts, 1);
  EXPECT_TRUE(client.reply.body.ends_with(toy::kEndMark)) << client.reply.body;
}

TEST_F(NeutralMerging, ChoicesGiveEachModelItsOwn) {
  for (const bool stream : {true, false}) {
    ToyClient other(gateway);
    other.ask("d,e", stream, {{"join", "choices"}});
    other.answer(1, 200, toy_speech("Two."), {{"content-type", std::string(toy::kStreamType)}});
    other.answer(0, toy::kOverloadedStatus, toy_error("Later.", toy::kOverloadedStatus, "overloaded"));
    EXPECT_EQ(other.said(1), "Two.");
    Json failed;
    for (const Json& line : other.lines_read()) {
      if (line.contains("end") && line.value("at", 0) == 0) failed = line;
    }
    EXPECT_EQ(failed["end"], "error") << other.reply.body;
    EXPECT_EQ(failed["failed"], "overloaded") << other.reply.body;
    EXPECT_EQ(failed.value("leg", ""), stream ? "" : "d") << other.reply.body;
    EXPECT_NE(other.reply.body.find(R"("legs":["d 418","e 200"])"), std::string::npos) << other.reply.body;
  }
}

TEST_F(NeutralMerging, ChoicesAreRefusedWhereTheDialectHasNone) {
  ToyGateway single(toy::single_choice_routes());
  for (const char* model : {"d,e", "d"}) {
    ToyClient other(single);
    other.ask(model, true, {{"join", "choices"}});
    EXPECT_EQ(other.reply.status, 400);
    EXPECT_EQ(other.calls(), 0U);
    EXPECT_EQ(other.reply.json()["oops"], "onellm.merge: choices needs /v1/chat/completions");
  }
  ToyClient by_header(single);
  by_header.chat(Json{{"ask", "d,e"}, {"turns", {{{"user", "Hi"}}}}}, with_key({{"x-onellm-merge", "choices"}}));
  EXPECT_EQ(by_header.reply.status, 400);
  ToyClient joined(single);
  joined.ask("d,e", true, {{"join", "race"}});
  joined.say(0, toy_speech("One."));
  EXPECT_EQ(joined.said(), "One.");
}

TEST_F(NeutralMerging, AllFailedIsOneErrorWithTheReportOfTheLegs) {
  for (const char* mode : {"concat", "choices", "race"}) {
    ToyClient other(gateway);
    other.ask("d,e", true, {{"join", mode}});
    for (const size_t call : {0U, 1U}) {
      other.answer(call, toy::kOverloadedStatus, toy_error("Later.", toy::kOverloadedStatus, "overloaded"));
    }
    const Json said = other.reply.json();
    EXPECT_EQ(other.reply.status, toy::kOverloadedStatus) << mode;
    EXPECT_EQ(other.reply.header("content-type"), toy::kReplyType) << mode;
    EXPECT_EQ(said["code"], "overloaded") << mode;
    EXPECT_EQ(said["legs"], (Json{"d 418", "e 418"})) << mode;
  }
}

TEST_F(NeutralMerging, AllFailedAfterTheHeadIsAnErrorInTheStream) {
  client.ask("d,e", true, {{"join", "race"}});
  client.wait(15'000);
  for (const size_t call : {0U, 1U}) {
    client.answer(call, toy::kOverloadedStatus, toy_error("Later.", toy::kOverloadedStatus, "overloaded"));
  }
  EXPECT_EQ(client.reply.status, 200);
  EXPECT_EQ(client.line_with("oops")["legs"], (Json{"d 418", "e 418"}));
  EXPECT_TRUE(client.reply.ended);
}

}  // namespace
}  // namespace onellm::gateway::test
