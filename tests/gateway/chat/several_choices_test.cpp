// Several models, each in a choice of its own.
#include <gtest/gtest.h>

#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/openai_wire.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

Json ask(const std::string& model, bool stream) {
  return chat_request(model, stream, {{"onellm", {{"merge", "choices"}}}});
}

struct Choices : ::testing::Test {
  Configured gateway;
  Driver driver{gateway};
};

TEST_F(Choices, OfWholeRepliesAreOneForEachModel) {
  driver.chat(ask("alpha,echo", false));
  driver.answer(0, 200, completion("One.", "length"));
  const Json answer = driver.reply.json();
  ASSERT_EQ(answer["choices"].size(), 2U);
  EXPECT_EQ(answer["choices"][0]["index"], 0);
  EXPECT_EQ(answer["choices"][0]["model"], "alpha");
  EXPECT_EQ(answer["choices"][0]["message"]["content"], "One.");
  EXPECT_EQ(answer["choices"][0]["finish_reason"], "length");
  EXPECT_EQ(answer["choices"][1]["index"], 1);
  EXPECT_EQ(answer["choices"][1]["model"], "echo");
  EXPECT_EQ(answer["choices"][1]["message"]["content"], "Hi");
  EXPECT_EQ(answer["usage"]["total_tokens"], 7);
  EXPECT_EQ(answer["onellm"]["legs"].size(), 2U);
  EXPECT_EQ(driver.reply.header("x-onellm-provider"), "host,echo");
  EXPECT_EQ(driver.reply.header("x-onellm-attempts"), "1,1");
}

TEST_F(Choices, StreamAsTheyArrive) {
  driver.chat(ask("alpha,gpt-4o", true));
  driver.head(0, 200);
  driver.head(1, 200);
  driver.bytes(1, role() + text("B"));
  driver.bytes(0, role() + text("A"));
  driver.bytes(1, text("b") + finish("length") + kDone);
  driver.bytes(0, text("a") + finish() + kDone);
  const Stream stream = read_stream(driver.reply.body);
  EXPECT_EQ(stream.said, (std::vector<std::pair<std::string, std::string>>{
                             {"gpt-4o", "B"}, {"alpha", "A"}, {"gpt-4o", "b"}, {"alpha", "a"}}));
  ASSERT_EQ(stream.choices.size(), 2U);
  for (const auto& [index, choice] : stream.choices) EXPECT_EQ(choice.roles, 1) << index;
  EXPECT_EQ(stream.choices.at(0).content, "Aa");
  EXPECT_EQ(stream.choices.at(0).finishes, std::vector<std::string>{"stop"});
  EXPECT_EQ(stream.choices.at(1).finishes, std::vector<std::string>{"length"});
  EXPECT_EQ(stream.onellm["legs"].size(), 2U);
  EXPECT_EQ(stream.ids.size(), 1U);
  EXPECT_EQ(stream.dones, 1);
}

TEST_F(Choices, OfAFailedLegEndWithItsError) {
  driver.chat(ask("alpha,gpt-4o", true));
  driver.answer(0, 429, error_body("Slow", "requests", "rate_limit_exceeded"));
  driver.stream(1, speech("B"));
  const Stream stream = read_stream(driver.reply.body);
  EXPECT_EQ(stream.choices.at(0).roles, 1) << "clients want a role on every choice";
  EXPECT_EQ(stream.choices.at(0).finishes, std::vector<std::string>{"error"});
  EXPECT_EQ(stream.choices.at(0).error["code"], "rate_limit_exceeded");
  EXPECT_EQ(stream.choices.at(0).error["status"], 429);
  EXPECT_EQ(stream.choices.at(1).content, "B");
  EXPECT_TRUE(stream.error.is_null());
  EXPECT_EQ(stream.onellm["legs"][0]["status"], 429);
}

TEST_F(Choices, OfAFailedLegOfAWholeReplyCarryItsError) {
  driver.chat(ask("alpha,gpt-4o", false));
  driver.fail(0);
  driver.answer(1, 200, completion("B"));
  const Json answer = driver.reply.json();
  EXPECT_EQ(driver.reply.status, 200);
  EXPECT_EQ(answer["choices"][0]["finish_reason"], "error");
  EXPECT_EQ(answer["choices"][0]["error"]["code"], "upstream_unreachable");
  EXPECT_TRUE(answer["choices"][0]["message"]["content"].is_null());
  EXPECT_EQ(answer["choices"][1]["message"]["content"], "B");
}

TEST_F(Choices, OfLegsThatAllFailBeforeContentAreAnHttpError) {
  for (const bool stream : {true, false}) {
    Driver other(gateway);
    other.chat(ask("alpha,gpt-4o", stream));
    other.answer(0, 503, error_body("Busy", "server_error"));
    other.answer(1, 503, error_body("Busy too", "server_error"));
    EXPECT_EQ(other.reply.status, 503);
    EXPECT_EQ(other.reply.json()["error"]["legs"].size(), 2U);
  }
}

TEST_F(Choices, OfLegsThatAllFailAfterContentEndWithAnErrorLine) {
  driver.chat(ask("alpha,gpt-4o", true));
  for (const size_t leg : {0U, 1U}) {
    driver.head(leg, 200);
    driver.bytes(leg, role() + text("Half"));
    driver.fail(leg);
  }
  const Stream stream = read_stream(driver.reply.body);
  for (const auto& [index, choice] : stream.choices) {
    EXPECT_EQ(choice.content, "Half");
    EXPECT_EQ(choice.finishes, std::vector<std::string>{"error"});
  }
  EXPECT_EQ(stream.error["legs"].size(), 2U);
  EXPECT_EQ(stream.dones, 1);
}

TEST_F(Choices, KeepToolCallsApart) {
  driver.chat(ask("alpha,gpt-4o", true));
  for (const size_t leg : {0U, 1U}) {
    driver.stream(leg, role() + tool_call(0, "call_0", "f", "{}") + finish("tool_calls") + kDone);
  }
  const Stream stream = read_stream(driver.reply.body);
  for (const auto& [index, choice] : stream.choices) {
    EXPECT_EQ(choice.calls, (std::map<int, StreamedCall>{{0, {"call_0", "f", "{}"}}})) << index;
  }
}

TEST_F(Choices, IgnoreFurtherChoicesOfAnUpstream) {
  driver.chat(ask("alpha,echo", false));
  Json reply = Json::parse(completion("One."));
  reply["choices"].push_back(reply["choices"][0]);
  reply["choices"][1]["index"] = 1;
  driver.answer(0, 200, reply.dump());
  EXPECT_EQ(driver.reply.json()["choices"].size(), 2U);
  EXPECT_EQ(driver.reply.json()["choices"][1]["message"]["content"], "Hi");
}

}  // namespace
}  // namespace onellm::gateway::test
