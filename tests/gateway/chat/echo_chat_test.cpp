// The model that answers from the module itself: whole conversations without an upstream.
#include <gtest/gtest.h>

#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/openai_wire.h"

namespace onellm::gateway::test {
namespace {

using onellm::test::read_stream;
using onellm::test::Stream;

Json ask_echo(bool stream, const Json& more = Json::object()) {
  Json body = {
      {"model", "echo"}, {"messages", {{{"role", "user"}, {"content", "Say \"it\" now"}}}}, {"stream", stream}};
  body.update(more);
  return body;
}

TEST(EchoChat, AnswersWithoutAnUpstream) {
  Configured gateway;
  Driver driver(gateway);
  driver.chat(ask_echo(false));
  const Json answer = driver.reply.json();
  EXPECT_EQ(driver.reply.status, 200);
  EXPECT_EQ(driver.reply.header("content-type"), "application/json");
  EXPECT_EQ(answer["object"], "chat.completion");
  EXPECT_EQ(answer["choices"][0]["message"]["content"], "Say \"it\" now");
  EXPECT_EQ(answer["choices"][0]["finish_reason"], "stop");
  EXPECT_EQ(answer["usage"]["total_tokens"], 6);
  EXPECT_EQ(answer["created"], 1'700'000'000);
  EXPECT_FALSE(answer.contains("onellm")) << "the answer of one leg is plain OpenAI";
  EXPECT_EQ(driver.calls(), 0U);
}

TEST(EchoChat, StreamsWordByWord) {
  Configured gateway;
  Driver driver(gateway);
  driver.chat(ask_echo(true));
  const Stream stream = read_stream(driver.reply.body);
  EXPECT_TRUE(driver.reply.header("content-type").starts_with("text/event-stream"));
  EXPECT_EQ(stream.choices.at(0).content, "Say \"it\" now");
  EXPECT_EQ(stream.choices.at(0).roles, 1);
  EXPECT_EQ(stream.choices.at(0).finishes, std::vector<std::string>{"stop"});
  EXPECT_GE(stream.chunks.size(), 4U);
  EXPECT_EQ(stream.ids.size(), 1U);
  EXPECT_EQ(stream.dones, 1);
  EXPECT_TRUE(stream.usage.is_null()) << "usage that was not asked for";
}

TEST(EchoChat, StreamsUsageWhereItIsAskedFor) {
  Configured gateway;
  Driver driver(gateway);
  driver.chat(ask_echo(true, {{"stream_options", {{"include_usage", true}}}}));
  const Stream stream = read_stream(driver.reply.body);
  EXPECT_EQ(stream.usage["total_tokens"], 6);
}

TEST(EchoChat, SaysWhoAnswered) {
  Configured gateway;
  Driver driver(gateway);
  driver.chat(ask_echo(false));
  EXPECT_EQ(driver.reply.header("x-onellm-provider"), "echo");
  EXPECT_EQ(driver.reply.header("x-onellm-model"), "echo");
  EXPECT_EQ(driver.reply.header("x-onellm-attempts"), "1");
  EXPECT_EQ(driver.reply.header("x-onellm-upstream-status"), "(absent)");
}

TEST(EchoChat, TellsTheClientNotToBufferAStream) {
  Configured gateway;
  Driver driver(gateway);
  driver.chat(ask_echo(true));
  EXPECT_EQ(driver.reply.header("cache-control"), "no-cache, no-transform");
  EXPECT_EQ(driver.reply.header("x-accel-buffering"), "no");
}

TEST(EchoChat, SetsNoTimerThatOutlivesIt) {
  Configured gateway;
  Driver driver(gateway);
  driver.chat(ask_echo(true));
  const std::string before = driver.transcript();
  driver.wait(1'000'000);
  EXPECT_EQ(driver.transcript(), before);
}

}  // namespace
}  // namespace onellm::gateway::test
