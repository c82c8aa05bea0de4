// Everything that does not go through untouched: each read is decoded to events and encoded anew.
#include <gtest/gtest.h>

#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/openai_wire.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

Json ask(bool stream, const std::string& model = "alpha") { return chat_request(model, stream); }

struct Translated : ::testing::Test {
  Configured gateway;
  Driver driver{gateway};
};

TEST_F(Translated, RequestGoesToTheHostWithItsOwnKey) {
  driver.chat(ask(true));
  ASSERT_EQ(driver.calls(), 1U);
  EXPECT_EQ(driver.fetches[0].url, "POST https://host.test/v2/chat/completions");
  EXPECT_EQ(driver.fetches[0].headers["authorization"], std::string("Bearer ") + kHostKey);
  EXPECT_EQ(Json::parse(driver.fetches[0].body)["stream_options"]["include_usage"], true);
}

// Chunks that have no choices wait for one that has: in bounded memory and time.
TEST_F(Translated, StreamOfMembersWithoutChoicesIsReadInTimeThatGrowsWithIt) {
  driver.chat(ask(true));
  driver.head(0, 200);
  for (int i = 0; i < 20'000; ++i) driver.bytes(0, sse({{"choices", Json::array()}, {"k" + std::to_string(i), 1}}));
  driver.bytes(0, speech("Hello."));
  EXPECT_EQ(read_stream(driver.reply.body).choices.at(0).content, "Hello.");
  EXPECT_NE(driver.reply.body.find("\"k0\":1"), std::string::npos) << "they are handed on, not dropped";
  EXPECT_NE(driver.reply.body.find("\"k19999\":1"), std::string::npos);
  EXPECT_LT(driver.reply.body.size(), 512U * 1024) << "each of them once";
}

TEST_F(Translated, RequestCarriesNoWishOfTheGateway) {
  Json body = ask(false, "host/org/beta");
  body["onellm"] = {{"lane", "translated"}};
  driver.chat(body);
  const Json sent = Json::parse(driver.fetches[0].body);
  EXPECT_EQ(sent["model"], "org/beta");
  EXPECT_FALSE(sent.contains("onellm"));
}

TEST_F(Translated, RequestAsksNoUsageOfAHostThatCannot) {
  driver.chat(ask(true, "delta"));
  EXPECT_FALSE(Json::parse(driver.fetches[0].body).contains("stream_options"));
  EXPECT_FALSE(driver.fetches[0].headers.contains("authorization")) << "no key was set for it";
}

TEST_F(Translated, ReplyIsWrittenAnew) {
  driver.chat(ask(false));
  driver.answer(0, 200, completion("Hello."));
  const Json answer = driver.reply.json();
  EXPECT_EQ(driver.reply.status, 200);
  EXPECT_EQ(answer["id"], "chatcmpl-up");
  EXPECT_EQ(answer["model"], "served-model");
  EXPECT_EQ(answer["created"], 1600000000);
  EXPECT_EQ(answer["choices"][0]["message"]["content"], "Hello.");
  EXPECT_EQ(answer["usage"]["total_tokens"], 5);
  EXPECT_FALSE(answer.contains("onellm"));
  EXPECT_EQ(driver.reply.header("x-onellm-provider"), "host");
  EXPECT_EQ(driver.reply.header("x-onellm-model"), "alpha");
}

TEST_F(Translated, WholeReplyIsMadeOfAStreamThatNobodyAskedFor) {
  for (const char* model : {"alpha", "gpt-4o"}) {  // In either lane.
    for (const std::string& stream : {speech("Hello."), "\r\n: hi\r\n\r\n" + speech("Hello.")}) {
      Driver other(gateway);
      other.chat(chat_request(model, false));
      other.answer(0, 200, stream, {{"content-type", "text/event-stream"}});
      ASSERT_EQ(other.reply.status, 200) << model << other.reply.body;
      EXPECT_EQ(other.reply.header("content-type"), "application/json");
      const Json answer = other.reply.json();
      EXPECT_EQ(answer["choices"][0]["message"]["content"], "Hello.");
      EXPECT_EQ(answer["usage"]["total_tokens"], 5);
    }
  }
}

TEST_F(Translated, StreamThatNobodyAskedForAndBreaksOffIsAnError) {
  driver.chat(chat_request("alpha", false));
  driver.answer(0, 200, role() + text("Hel"), {{"content-type", "text/event-stream"}});
  EXPECT_EQ(driver.reply.status, 502);
}

TEST_F(Translated, StreamFlowsEventByEvent) {
  driver.chat(ask(true));
  driver.head(0, 200);
  driver.bytes(0, role());
  EXPECT_EQ(driver.reply.status, 0) << "the head waits for content";
  driver.bytes(0, text("Hel"));
  EXPECT_EQ(read_stream(driver.reply.body).choices.at(0).content, "Hel");
  driver.bytes(0, text("lo"));
  EXPECT_EQ(read_stream(driver.reply.body).choices.at(0).content, "Hello");
  driver.bytes(0, finish("length") + usage(3, 2) + kDone);
  const Stream stream = read_stream(driver.reply.body);
  EXPECT_EQ(stream.choices.at(0).finishes, std::vector<std::string>{"length"});
  EXPECT_EQ(stream.choices.at(0).roles, 1);
  EXPECT_EQ(stream.dones, 1);
  EXPECT_TRUE(stream.usage.is_null()) << "it was not asked for";
  EXPECT_TRUE(driver.reply.ended);
  EXPECT_FALSE(driver.fetches[0].relayed);
}

TEST_F(Translated, StreamOfReasoningFlowsToo) {
  driver.chat(ask(true));
  driver.head(0, 200);
  driver.bytes(0, role() + reasoning("Hmm"));
  EXPECT_EQ(read_stream(driver.reply.body).choices.at(0).reasoning, "Hmm");
}

TEST_F(Translated, StreamWhoseFirstEventIsAnErrorIsAnHttpError) {
  for (const std::string& before : {std::string(), role(), std::string(": hi\n\n")}) {
    Driver other(gateway);
    other.chat(ask(true));
    other.stream(0, before + error_event("Slow down", "requests", "rate_limit_exceeded"));
    EXPECT_EQ(other.reply.status, 429) << before;
    EXPECT_EQ(other.reply.error("code"), "rate_limit_exceeded");
    EXPECT_EQ(other.reply.error("type"), "requests");
  }
}

TEST_F(Translated, StreamThatFailsAfterContentSaysSoInItself) {
  for (const bool in_one_read : {false, true}) {
    Driver other(gateway);
    other.chat(ask(true));
    other.head(0, 200);
    const std::string failure = error_event("Broke", "server_error");
    if (!in_one_read) other.bytes(0, role() + text("Half")), other.bytes(0, failure);
    if (in_one_read) other.bytes(0, role() + text("Half") + failure);
    EXPECT_EQ(other.reply.status, 200) << "in one read: " << in_one_read;
    if (other.reply.status != 200) continue;
    const Stream stream = read_stream(other.reply.body);
    EXPECT_EQ(stream.choices.at(0).content, "Half");
    EXPECT_TRUE(stream.choices.at(0).finishes.empty());
    EXPECT_EQ(stream.error["message"], "Broke");
    EXPECT_EQ(stream.dones, 1);
    EXPECT_TRUE(other.reply.ended);
  }
}

TEST_F(Translated, StreamCutShortIsAnError) {
  for (const bool broke : {true, false}) {
    Driver other(gateway);
    other.chat(ask(true));
    other.head(0, 200);
    other.bytes(0, role() + text("Half"));
    if (broke) other.fail(0);
    if (!broke) other.end(0);
    const Stream stream = read_stream(other.reply.body);
    EXPECT_EQ(stream.error["code"], "upstream_cut");
    EXPECT_EQ(stream.dones, 1);
  }
}

TEST_F(Translated, StreamNeedsOneEndMarkOnly) {
  for (const std::string& end : {finish(), std::string(kDone), finish() + kDone}) {
    Driver other(gateway);
    other.chat(ask(true));
    other.stream(0, role() + text("Hi") + end);
    const Stream stream = read_stream(other.reply.body);
    EXPECT_TRUE(stream.error.is_null()) << end;
    EXPECT_EQ(stream.choices.at(0).finishes, std::vector<std::string>{"stop"}) << end;
    EXPECT_EQ(stream.dones, 1) << end;
  }
}

TEST_F(Translated, StreamIsTheSameHoweverItIsCut) {
  const std::string whole = role() + text("H\xC3\xA4") + tool_call(0, "call_1", "f", "{\"a\":1}") +
                            finish("tool_calls") + usage(3, 2) + kDone;
  Driver reference(gateway);
  reference.chat(ask(true)).stream(0, whole);
  for (size_t cut = 1; cut < whole.size(); ++cut) {
    Driver other(gateway);
    other.chat(ask(true));
    other.head(0, 200);
    other.bytes(0, whole.substr(0, cut));
    other.bytes(0, whole.substr(cut));
    other.end(0);
    ASSERT_EQ(other.reply.body, reference.reply.body) << "cut at " << cut;
  }
}

TEST_F(Translated, LaneCanBeForced) {
  Json body = ask(true, "gamma");
  body["stream_options"] = {{"include_usage", true}};
  driver.chat(body).stream(0, speech("Hi"));
  EXPECT_TRUE(driver.fetches[0].relayed) << "this host is native";
  body["onellm"] = {{"lane", "translated"}};
  Driver forced(gateway);
  forced.chat(body).stream(0, speech("Hi"));
  EXPECT_FALSE(forced.fetches[0].relayed);
  EXPECT_EQ(read_stream(forced.reply.body).usage["total_tokens"], 5);
}

TEST_F(Translated, EventsAfterTheEndDoNothing) {
  driver.chat(ask(true)).stream(0, speech("Hi"));
  const std::string before = driver.transcript();
  for (const EventKind kind : {EventKind::kFetchBytes, EventKind::kFetchEnd, EventKind::kFetchFailed, EventKind::kTimer,
                               EventKind::kRequestEnd, EventKind::kClientGone}) {
    driver.event(kind, driver.fetches[0].id, kind == EventKind::kFetchBytes ? text("more") : "");
  }
  EXPECT_EQ(driver.transcript(), before);
}

TEST_F(Translated, EventsOfUnknownCallsDoNothing) {
  driver.chat(ask(true));
  const std::string before = driver.transcript();
  driver.event(EventKind::kFetchHead, 99, "200");
  driver.event(EventKind::kFetchBytes, 99, "x");
  driver.event(EventKind::kFetchFailed, 0, "");
  EXPECT_EQ(driver.transcript(), before);
}

TEST(TranslatedModel, IsTheOneAskedWhereTheHostNamesNone) {
  Configured gateway;
  for (const bool stream : {true, false}) {
    Driver driver(gateway);
    driver.chat(chat_request("host/alpha", stream));
    Json nameless = stream ? chunk({{"role", "assistant"}, {"content", "Hi"}}, "stop") : Json::parse(completion("Hi"));
    nameless.erase("model");
    if (stream) driver.stream(0, sse(nameless) + kDone);
    if (!stream) driver.answer(0, 200, nameless.dump());
    const Json reply = stream ? read_stream(driver.reply.body).chunks.at(0) : driver.reply.json();
    EXPECT_EQ(reply["model"], "alpha") << reply;
  }
}

}  // namespace
}  // namespace onellm::gateway::test
