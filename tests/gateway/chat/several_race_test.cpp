// Several models, of which the quickest answers.
#include <gtest/gtest.h>

#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/openai_wire.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

Json ask(const std::string& model, bool stream) {
  return chat_request(model, stream, {{"onellm", {{"merge", "race"}}}});
}

struct Race : ::testing::Test {
  Configured gateway;
  Driver driver{gateway};
};

TEST_F(Race, IsWonByTheFirstContentAndTheOthersAreCancelled) {
  driver.chat(ask("alpha,gpt-4o,delta", true));
  driver.head(0, 200);
  driver.head(1, 200);
  driver.bytes(0, role());
  driver.bytes(1, role() + text("B"));
  EXPECT_EQ(driver.fetches[0].aborts, 1);
  EXPECT_EQ(driver.fetches[1].aborts, 0);
  EXPECT_EQ(driver.fetches[2].aborts, 1);
  driver.bytes(1, text("b") + finish() + usage(3, 2) + kDone);
  const Stream stream = read_stream(driver.reply.body);
  EXPECT_EQ(stream.said, (std::vector<std::pair<std::string, std::string>>{{"gpt-4o", "Bb"}}));
  EXPECT_EQ(stream.choices.size(), 1U);
  EXPECT_EQ(stream.choices.at(0).roles, 1);
  EXPECT_EQ(stream.choices.at(0).finishes, std::vector<std::string>{"stop"});
  ASSERT_EQ(stream.onellm["legs"].size(), 3U);
  EXPECT_EQ(stream.onellm["legs"][0]["status"], 499);
  EXPECT_EQ(stream.onellm["legs"][1]["status"], 200);
  EXPECT_EQ(stream.dones, 1);
}

TEST_F(Race, IsNotWonByReasoning) {
  driver.chat(ask("alpha,gpt-4o", true));
  driver.head(0, 200);
  driver.bytes(0, role() + reasoning("Hmm"));
  EXPECT_EQ(driver.reply.status, 0) << "there is nothing to show yet";
  EXPECT_EQ(driver.fetches[1].aborts, 0);
  driver.stream(1, speech("B"));
  EXPECT_EQ(read_stream(driver.reply.body).choices.at(0).content, "B");
  EXPECT_EQ(read_stream(driver.reply.body).choices.at(0).reasoning, "");
}

TEST_F(Race, IsWonByAToolCallWhenItsLegHasEndedWell) {
  driver.chat(ask("alpha,gpt-4o", true));
  driver.head(1, 200);
  driver.bytes(1, role() + tool_call(0, "call_1", "f", "{}"));
  EXPECT_EQ(driver.fetches[0].aborts, 0) << "half a call is no content";
  EXPECT_EQ(driver.reply.status, 0);
  driver.bytes(1, finish("tool_calls") + kDone);
  EXPECT_EQ(driver.fetches[0].aborts, 1);
  EXPECT_EQ(read_stream(driver.reply.body).choices.at(0).calls.at(0).arguments, "{}");
}

// Members of a whole answer that are content by themselves, where there is no text.
TEST_F(Race, IsWonByACallOfOldAndBySpeech) {
  for (const Json& message : {Json{{"content", nullptr}, {"function_call", {{"name", "f"}, {"arguments", "{}"}}}},
                              Json{{"content", nullptr}, {"audio", {{"id", "a"}, {"data", "QQ=="}}}}}) {
    const Json choice{{"index", 0}, {"message", message}, {"finish_reason", "stop"}};
    Driver whole(gateway);
    whole.chat(ask("alpha,gpt-4o", false));
    whole.answer(1, 200, Json{{"id", "c"}, {"choices", {choice}}}.dump());
    EXPECT_EQ(whole.fetches[0].aborts, 1) << message;
    EXPECT_EQ(whole.reply.status, 200);
  }
  driver.chat(ask("alpha,gpt-4o", true));
  driver.stream(1, role() + sse(chunk({{"function_call", {{"name", "f"}, {"arguments", "{}"}}}})) +
                       finish("function_call") + kDone);
  EXPECT_EQ(driver.fetches[0].aborts, 1);
  EXPECT_NE(driver.reply.body.find("function_call"), std::string::npos);
}

TEST_F(Race, IsNotWonByMembersThatAreNull) {
  const Json message{{"content", ""}, {"function_call", nullptr}, {"audio", nullptr}, {"images", nullptr}};
  const Json choice{{"index", 0}, {"message", message}, {"finish_reason", "stop"}};
  driver.chat(ask("alpha,gpt-4o", false));
  driver.answer(1, 200, Json{{"id", "c"}, {"choices", {choice}}}.dump());
  EXPECT_EQ(driver.fetches[0].aborts, 0);
}

TEST_F(Race, IsLostByALegThatBrokeInACall) {
  driver.chat(ask("alpha,gpt-4o", true));
  driver.head(1, 200);
  driver.bytes(1, role() + tool_call(0, "call_1", "f", "{\"a\":"));
  driver.fail(1);
  driver.stream(0, speech("A"));
  const Stream stream = read_stream(driver.reply.body);
  EXPECT_EQ(stream.choices.at(0).content, "A");
  EXPECT_TRUE(stream.choices.at(0).calls.empty());
}

TEST_F(Race, GoesOnWithoutALegThatFailed) {
  for (const bool stream : {true, false}) {
    Driver other(gateway);
    other.chat(ask("alpha,gpt-4o", stream));
    other.answer(0, 500, error_body("Broke", "server_error"));
    EXPECT_EQ(other.reply.status, 0);
    if (stream) other.stream(1, speech("B"));
    if (!stream) other.answer(1, 200, completion("B"));
    EXPECT_EQ(other.reply.status, 200);
    EXPECT_NE(other.reply.body.find("\"B\""), std::string::npos);
  }
}

TEST_F(Race, OfLegsThatAllFailIsAnHttpError) {
  for (const bool stream : {true, false}) {
    Driver other(gateway);
    other.chat(ask("alpha,gpt-4o", stream));
    if (stream) other.head(0, 200);
    if (stream) other.bytes(0, role() + reasoning("Hmm"));
    other.fail(0);
    other.answer(1, 503, error_body("Busy", "server_error"));
    EXPECT_EQ(other.reply.status, 502) << other.transcript();
    EXPECT_EQ(other.reply.json()["error"]["legs"].size(), 2U);
  }
}

TEST_F(Race, EndsWithTheErrorOfItsWinner) {
  driver.chat(ask("alpha,gpt-4o", true));
  driver.head(0, 200);
  driver.bytes(0, role() + text("Half"));
  driver.fail(0);
  const Stream stream = read_stream(driver.reply.body);
  EXPECT_EQ(stream.choices.at(0).content, "Half");
  EXPECT_EQ(stream.error["code"], "upstream_cut") << stream.error;
  EXPECT_EQ(stream.dones, 1);
}

TEST_F(Race, TakesAnEmptyAnswerWhenNoOtherComes) {
  driver.chat(ask("alpha,gpt-4o", true));
  driver.stream(0, role() + finish() + kDone);
  EXPECT_EQ(driver.fetches[1].aborts, 0);
  driver.fail(1);
  const Stream stream = read_stream(driver.reply.body);
  EXPECT_EQ(stream.choices.at(0).content, "");
  EXPECT_EQ(stream.choices.at(0).finishes, std::vector<std::string>{"stop"});
  EXPECT_EQ(stream.dones, 1);
}

TEST_F(Race, OfWholeRepliesIsWonByTheFirst) {
  driver.chat(ask("alpha,gpt-4o", false));
  driver.answer(1, 200, completion("B"));
  EXPECT_EQ(driver.fetches[0].aborts, 1);
  const Json answer = driver.reply.json();
  ASSERT_EQ(answer["choices"].size(), 1U);
  EXPECT_EQ(answer["choices"][0]["message"]["content"], "B");
  EXPECT_EQ(answer["onellm"]["legs"][0]["status"], 499);
}

TEST_F(Race, AgainstTheEchoIsWonAtOnce) {
  for (const char* model : {"echo,alpha", "alpha,echo"}) {
    for (const bool stream : {true, false}) {
      Driver other(gateway);
      other.chat(ask(model, stream));
      EXPECT_EQ(other.reply.status, 200) << model;
      EXPECT_TRUE(other.reply.ended) << model;
      for (const Fetch& fetch : other.fetches) EXPECT_EQ(fetch.aborts, 1) << model;
    }
  }
}

TEST_F(Race, NamesTheProviderOfALegThatNeverStarted) {
  driver.chat(ask("echo,alpha", false));
  EXPECT_EQ(driver.calls(), 0U);
  EXPECT_EQ(driver.reply.json()["onellm"]["legs"][1]["provider"], "host");
}

}  // namespace
}  // namespace onellm::gateway::test
