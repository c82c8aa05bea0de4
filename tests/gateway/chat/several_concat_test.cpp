// Several models, joined into one text.
#include <gtest/gtest.h>

#include "base/limits.h"
#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/openai_wire.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

const Json kConcat = {{"onellm", {{"merge", "concat"}}}};
const Json kUsage = {{"stream_options", {{"include_usage", true}}}};

struct Concat : ::testing::Test {
  Configured gateway;
  Driver driver{gateway};
};

TEST_F(Concat, IsTheDefaultOfStreams) {
  driver.chat(chat_request("alpha, gpt-4o", true, kUsage));
  ASSERT_EQ(driver.calls(), 2U) << "all legs start at once";
  driver.stream(1, speech("Two."));
  EXPECT_EQ(driver.reply.status, 200) << "a leg has content";
  EXPECT_EQ(read_stream(driver.reply.body).choices.size(), 0U) << "but it is not its turn";
  driver.stream(0, speech("One."));
  const Stream stream = read_stream(driver.reply.body);
  EXPECT_EQ(stream.choices.size(), 1U);
  EXPECT_EQ(stream.choices.at(0).content, "One.\n\nTwo.");
  EXPECT_EQ(stream.choices.at(0).roles, 1);
  EXPECT_EQ(stream.choices.at(0).finishes, std::vector<std::string>{"stop"});
  EXPECT_EQ(stream.usage["total_tokens"], 10);
  EXPECT_EQ(stream.dones, 1);
  EXPECT_TRUE(driver.reply.ended);
}

TEST_F(Concat, NamesEachLegAsAskedInOneEnvelope) {
  driver.chat(chat_request(" host/alpha ,gpt-4o|delta, echo ", true));
  driver.stream(0, speech("One."));
  driver.fail(1);
  driver.stream(2, speech("Two."));
  const Stream stream = read_stream(driver.reply.body);
  EXPECT_EQ(stream.said, (std::vector<std::pair<std::string, std::string>>{
                             {"host/alpha", "One."}, {"gpt-4o|delta", "\n\nTwo."}, {"echo", "\n\nHi"}}));
  EXPECT_EQ(stream.ids.size(), 1U);
  EXPECT_NE(stream.ids[0], "chatcmpl-up");
  EXPECT_TRUE(stream.ids[0].starts_with("chatcmpl-"));
  for (const Json& chunk : stream.chunks) EXPECT_EQ(chunk["created"], 1'700'000'000);
}

TEST_F(Concat, TellsOfEachLegOnTheFinishChunk) {
  driver.chat(chat_request("alpha|delta,gpt-4o", true));
  driver.wait(100);
  driver.answer(1, 429, error_body("Slow", "requests", "rate_limit_exceeded"));
  driver.fail(0);
  driver.wait(50);
  driver.stream(2, speech("Two."));
  const Json legs = read_stream(driver.reply.body).onellm["legs"];
  ASSERT_EQ(legs.size(), 2U);
  EXPECT_EQ(legs[0]["model"], "alpha|delta");
  EXPECT_EQ(legs[0]["provider"], "mute");
  EXPECT_EQ(legs[0]["status"], 200) << legs[0];
  EXPECT_EQ(legs[0]["upstream_status"], 200);
  EXPECT_EQ(legs[0]["finish_reason"], "stop");
  EXPECT_EQ(legs[0]["usage"]["total_tokens"], 5);
  EXPECT_TRUE(legs[0]["cost"].is_null()) << "nobody knows the prices of that host";
  EXPECT_EQ(legs[0]["ms_to_first_token"], 150);
  EXPECT_EQ(legs[0]["total_ms"], 150);
  EXPECT_EQ(legs[1]["model"], "gpt-4o");
  EXPECT_EQ(legs[1]["status"], 429);
  EXPECT_EQ(legs[1]["upstream_status"], 429);
  EXPECT_EQ(legs[1]["finish_reason"], "error");
  EXPECT_TRUE(legs[1]["usage"].is_null());
  EXPECT_EQ(legs[1]["cost"], 0);
  EXPECT_EQ(legs[1]["total_ms"], 100);
}

TEST_F(Concat, ShowsAFailedLegInTheText) {
  driver.chat(chat_request("alpha,gpt-4o", true));
  driver.answer(0, 529, error_body("Busy", "overloaded_error"));
  EXPECT_EQ(driver.reply.status, 0) << "no head until there is content";
  driver.head(1, 200);
  driver.bytes(1, role());
  EXPECT_EQ(driver.reply.status, 0);
  driver.bytes(1, text("Two.") + finish() + kDone);
  const Stream stream = read_stream(driver.reply.body);
  EXPECT_EQ(stream.choices.at(0).content, "[alpha: overloaded (503)]\n\nTwo.");
  EXPECT_EQ(stream.choices.at(0).finishes, std::vector<std::string>{"stop"});
  EXPECT_TRUE(stream.error.is_null()) << "an error at the top would discard the whole stream";
}

TEST_F(Concat, OfLegsThatAllFailBeforeContentIsAnHttpError) {
  for (const bool stream : {true, false}) {
    Driver same(gateway);
    same.chat(chat_request("alpha,gpt-4o", stream, kConcat));
    same.answer(1, 429, error_body("Slow", "requests", "rate_limit_exceeded"));
    EXPECT_EQ(same.reply.status, 0);
    same.answer(0, 429, error_body("Slower", "requests", "rate_limit_exceeded"));
    EXPECT_EQ(same.reply.status, 429);
    EXPECT_EQ(same.reply.error("code"), "rate_limit_exceeded");
    EXPECT_EQ(same.reply.json()["error"]["legs"].size(), 2U);
    EXPECT_EQ(same.reply.json()["error"]["legs"][0]["model"], "alpha");

    Driver different(gateway);
    different.chat(chat_request("alpha,gpt-4o", stream, kConcat));
    different.answer(0, 429, error_body("Slow", "requests", "rate_limit_exceeded"));
    different.fail(1);
    EXPECT_EQ(different.reply.status, 502);
    EXPECT_NE(different.reply.error("message").find("Slow"), std::string::npos);
    EXPECT_EQ(different.reply.json()["error"]["legs"][0]["status"], 429);
    EXPECT_EQ(different.reply.json()["error"]["legs"][1]["status"], 502);
    EXPECT_TRUE(different.reply.json()["error"]["legs"][1]["upstream_status"].is_null());
  }
}

TEST_F(Concat, OfLegsThatAllFailTellsTheLongestTimeToWait) {
  driver.chat(chat_request("alpha,gpt-4o,delta", true));
  driver.answer(0, 429, error_body("Slow", "requests"), {{"retry-after", "9"}, {"x-ratelimit-limit-tokens", "1"}});
  driver.answer(1, 503, error_body("Busy", "server_error"), {{"retry-after", "30"}});
  driver.fail(2);
  EXPECT_EQ(driver.reply.header("retry-after"), "30");
  EXPECT_EQ(driver.reply.header("x-ratelimit-limit-tokens"), "(absent)") << "whose would it be?";
  EXPECT_EQ(driver.reply.header("x-onellm-upstream-status"), "429,503,-");
}

TEST_F(Concat, OfLegsThatAllFailAfterContentEndsWithAnErrorLine) {
  driver.chat(chat_request("alpha,gpt-4o", true));
  driver.head(0, 200);
  driver.bytes(0, role() + text("Half"));
  driver.fail(0);
  driver.fail(1);
  const Stream stream = read_stream(driver.reply.body);
  EXPECT_TRUE(stream.choices.at(0).content.starts_with("Half\n\n[alpha: upstream_cut (502)]\n\n[gpt-4o: "));
  EXPECT_EQ(stream.choices.at(0).finishes, std::vector<std::string>{"error"});
  EXPECT_EQ(stream.error["legs"].size(), 2U);
  EXPECT_EQ(stream.dones, 1);
  EXPECT_TRUE(driver.reply.ended);
}

TEST_F(Concat, RenumbersToolCalls) {
  driver.chat(chat_request("alpha,gpt-4o", true));
  for (const size_t leg : {0U, 1U}) {
    driver.stream(leg, role() + tool_call(0, "call_0", "f", "{\"leg\":" + std::to_string(leg) + "}") +
                           finish("tool_calls") + kDone);
  }
  const Stream stream = read_stream(driver.reply.body);
  EXPECT_EQ(stream.choices.at(0).calls,
            (std::map<int, StreamedCall>{{0, {"call_0", "f", "{\"leg\":0}"}}, {1, {"call_0_2", "f", "{\"leg\":1}"}}}));
  EXPECT_EQ(stream.choices.at(0).finishes, std::vector<std::string>{"tool_calls"});
}

TEST_F(Concat, IsTheDefaultOfWholeReplies) {
  driver.chat(chat_request("alpha,gpt-4o,echo", false));
  driver.answer(1, 200, completion("Two.", "length"));
  EXPECT_EQ(driver.reply.status, 0);
  driver.answer(0, 200, completion("One."));
  const Json answer = driver.reply.json();
  EXPECT_EQ(driver.reply.status, 200);
  ASSERT_EQ(answer["choices"].size(), 1U);
  EXPECT_EQ(answer["choices"][0]["message"]["content"], "One.\n\nTwo.\n\nHi");
  EXPECT_EQ(answer["choices"][0]["finish_reason"], "length");
  EXPECT_EQ(answer["usage"]["total_tokens"], 12);
  EXPECT_EQ(answer["onellm"]["legs"].size(), 3U);
  EXPECT_EQ(answer["model"], "alpha,gpt-4o,echo");
}

TEST_F(Concat, HoldsBackALegThatSaysTooMuchBeforeItsTurn) {
  driver.chat(chat_request("alpha,gpt-4o", true));
  driver.head(0, 200);
  driver.head(1, 200);
  driver.bytes(1, role());
  const std::string much(64 * 1024, 'x');
  for (int i = 0; i < 5 && !driver.fetches[1].paused; ++i) driver.bytes(1, text(much));
  EXPECT_TRUE(driver.fetches[1].paused);
  // While it is held back no deadline of its own runs. The first leg is kept alive meanwhile.
  for (int i = 0; i < 20; ++i) {
    driver.wait(60'000);
    driver.bytes(0, text("One "));
  }
  EXPECT_EQ(driver.fetches[1].aborts, 0);
  driver.bytes(0, finish() + kDone);
  EXPECT_FALSE(driver.fetches[1].paused);
  driver.wait(119'000);
  driver.bytes(1, text("end.") + finish() + kDone);
  EXPECT_TRUE(read_stream(driver.reply.body).choices.at(0).content.ends_with("xend."));
}

TEST_F(Concat, LetsAnEchoThatWaitsSayMuch) {
  Json body = chat_request("alpha,echo", true);
  body["messages"][0]["content"] = std::string(1024 * 1024, 'x');
  driver.chat(body);
  EXPECT_EQ(driver.transcript().find("pause"), std::string::npos) << "there is nothing to hold back";
  driver.stream(0, speech("One."));
  EXPECT_EQ(read_stream(driver.reply.body).choices.at(0).content.size(), 6U + 1024 * 1024);
}

TEST_F(Concat, CancelsTheCallOfALegThatFailedInItsStream) {
  driver.chat(chat_request("alpha,gpt-4o", true));
  driver.head(0, 200);
  driver.bytes(0, role() + text("Half"));
  driver.bytes(0, error_event("Broke", "server_error"));
  EXPECT_EQ(driver.fetches[0].aborts, 1);
  EXPECT_EQ(driver.fetches[1].aborts, 0);
}

TEST_F(Concat, IsKeptAliveWhileTheLiveLegIsSilent) {
  driver.chat(chat_request("alpha,echo", true));
  EXPECT_EQ(driver.reply.status, 200) << "the echo has content";
  driver.wait(30'000);
  EXPECT_EQ(read_stream(driver.reply.body).keep_alives, 2);
  driver.stream(0, speech("One."));
  EXPECT_EQ(read_stream(driver.reply.body).choices.at(0).content, "One.\n\nHi");
}

TEST_F(Concat, MovesAnnotationsToWhereTheirTextIs) {
  driver.chat(chat_request("alpha,gpt-4o", false, kConcat));
  const auto reply_of = [](const std::string& text) {
    const Json place = {{"start_index", 0}, {"end_index", text.size()}, {"url", "https://a.test"}, {"title", "A"}};
    const Json message = {{"role", "assistant"},
                          {"content", text},
                          {"annotations", {{{"type", "url_citation"}, {"url_citation", place}}}}};
    return Json{{"id", "x"}, {"choices", {{{"index", 0}, {"message", message}, {"finish_reason", "stop"}}}}}.dump();
  };
  driver.answer(0, 200, reply_of("One."));
  driver.answer(1, 200, reply_of("Two!!"));
  const Json message = Json::parse(driver.reply.body, nullptr, false)["choices"][0]["message"];
  EXPECT_EQ(message["content"], "One.\n\nTwo!!");
  ASSERT_EQ(message["annotations"].size(), 2U) << message;
  EXPECT_EQ(message["annotations"][0]["url_citation"]["start_index"], 0);
  EXPECT_EQ(message["annotations"][1]["url_citation"]["start_index"], 6);
  EXPECT_EQ(message["annotations"][1]["url_citation"]["end_index"], 11);
}

}  // namespace
}  // namespace onellm::gateway::test
