// One leg of a provider that needs no normalising: its bytes reach the client untouched, and only what
// is missing at the end is added.
#include <gtest/gtest.h>

#include "base/limits.h"
#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/openai_wire.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

const std::string kAskStream =
    R"({"model":"gpt-4o","stream":true,"stream_options":{"include_usage":true},)"
    R"("messages":[{"role":"user","content":"Hi"}],"temperature":1.0,"x_unknown":12345678901234567890})";
const std::string kAskWhole = R"({"messages":[{"role":"user","content":"Hi"}],  "model" : "openai/gpt-4o"})";

struct Native : ::testing::Test {
  Configured gateway;
  Driver driver{gateway};
};

TEST_F(Native, RequestGoesUpAsTheClientWroteIt) {
  driver.chat(kAskStream);
  ASSERT_EQ(driver.calls(), 1U);
  EXPECT_EQ(driver.fetches[0].url, "POST https://openai.test/v1/chat/completions");
  EXPECT_EQ(driver.fetches[0].body, kAskStream);
  EXPECT_EQ(driver.fetches[0].headers["authorization"], std::string("Bearer ") + kUpstreamKey);
  EXPECT_EQ(driver.fetches[0].headers["content-type"], "application/json");
}

TEST_F(Native, RequestHasOnlyTheModelReplaced) {
  driver.chat(kAskWhole);
  ASSERT_EQ(driver.calls(), 1U);
  EXPECT_EQ(driver.fetches[0].body, R"({"messages":[{"role":"user","content":"Hi"}],  "model" : "gpt-4o"})");
}

TEST_F(Native, NamesOfToolsThatOpenAiRefusesAreTheClientsOwnAgain) {
  driver.chat(std::string(R"({"model":"gpt-4o","messages":[{"role":"user","content":"Hi"}],)"
                          R"("tools":[{"type":"function","function":{"name":"get.weather"}}]})"));
  ASSERT_EQ(driver.calls(), 1U);
  EXPECT_NE(driver.fetches[0].body.find(R"("name":"get_weather")"), std::string::npos) << driver.fetches[0].body;
  driver.answer(0, 200,
                R"({"id":"a","object":"chat.completion","created":1,"model":"gpt-4o","choices":[{"index":0,"message":)"
                R"({"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function",)"
                R"("function":{"name":"get_weather","arguments":"{}"}}]},"finish_reason":"tool_calls"}]})",
                {{"content-type", "application/json"}});
  EXPECT_EQ(driver.reply.json()["choices"][0]["message"]["tool_calls"][0]["function"]["name"], "get.weather");
}

TEST_F(Native, RequestTakesOnlyTheHeadersThatTheProviderKnows) {
  const Headers known = {{"openai-organization", "org"},
                         {"openai-project", "proj"},
                         {"openai-beta", "beta=1"},
                         {"idempotency-key", "once"}};
  Headers sent = with_key(known);
  for (const char* name :
       {"cookie", "origin", "cf-connecting-ip", "x-forwarded-for", "anthropic-beta", "x-api-key", "x-onellm-merge"}) {
    sent.emplace(name, std::string(name) == "x-onellm-merge" ? "race" : "leaky");
  }
  driver.chat(kAskWhole, sent);
  Headers expected = known;
  expected["content-type"] = "application/json";
  expected["authorization"] = std::string("Bearer ") + kUpstreamKey;
  EXPECT_EQ(driver.fetches[0].headers, expected);
}

TEST_F(Native, ReplyIsSentAsItCame) {
  driver.chat(kAskWhole);
  const std::string body = " " + completion("Hello.") + "\n";
  driver.answer(0, 200, body, {{"content-type", "application/json"}, {"x-ratelimit-remaining-requests", "7"}});
  EXPECT_EQ(driver.reply.status, 200);
  EXPECT_EQ(driver.reply.body, body);
  EXPECT_EQ(driver.reply.header("content-type"), "application/json");
  EXPECT_EQ(driver.reply.header("x-ratelimit-remaining-requests"), "7");
  EXPECT_EQ(driver.reply.header("x-onellm-provider"), "openai");
  EXPECT_EQ(driver.reply.header("x-onellm-upstream-status"), "200");
}

TEST_F(Native, ReplyThatIsAnErrorDespiteItsStatusIsAnError) {
  driver.chat(kAskWhole);
  driver.answer(0, 200, error_body("No room", "server_error", "overloaded"));
  EXPECT_EQ(driver.reply.status, 503);
  EXPECT_EQ(driver.reply.error("message"), "No room");
}

TEST_F(Native, ReplyThatIsNoJsonIsABadGateway) {
  for (const char* body : {"", "<html>", "{}", "{\"choices\":[]}"}) {
    Driver other(gateway);
    other.chat(kAskWhole);
    other.answer(0, 200, body);
    EXPECT_EQ(other.reply.status, 502) << body;
    EXPECT_TRUE(other.reply.json().contains("error")) << body;
  }
}

TEST_F(Native, ReplyThatBreaksOffIsAnError) {
  driver.chat(kAskWhole);
  driver.head(0, 200, {{"content-type", "application/json"}});
  driver.fail(0);
  EXPECT_EQ(driver.reply.status, 502);
  EXPECT_EQ(driver.reply.error("code"), "upstream_cut");
}

TEST_F(Native, StreamIsRelayedByteForByte) {
  driver.chat(kAskStream);
  driver.head(0, 200);
  EXPECT_EQ(driver.reply.status, 0) << "the head waits for the first event";
  const std::string odd = ": hello\n\nid: 1\n" + role();
  driver.bytes(0, odd);
  driver.bytes(0, text("Hel"));
  EXPECT_EQ(driver.reply.status, 200);
  EXPECT_TRUE(driver.fetches[0].relayed);
  const std::string rest = text("lo") + finish() + usage(3, 2) + kDone;
  driver.bytes(0, rest);
  driver.end(0);
  EXPECT_EQ(driver.reply.body, odd + text("Hel") + rest);
  EXPECT_TRUE(driver.reply.ended);
}

TEST_F(Native, StreamIsPeekedAtHoweverItsFirstEventIsCut) {
  const std::string whole = speech("Hi");
  for (size_t cut = 1; cut < whole.size(); ++cut) {
    Driver other(gateway);
    other.chat(kAskStream);
    other.head(0, 200);
    other.bytes(0, whole.substr(0, cut));
    other.bytes(0, whole.substr(cut));
    other.end(0);
    ASSERT_EQ(other.reply.body, whole) << "cut at " << cut;
  }
}

TEST_F(Native, StreamWhoseFirstEventIsAnErrorIsAnHttpError) {
  driver.chat(kAskStream);
  driver.stream(0, error_event("Too busy", "server_error", "overloaded"));
  EXPECT_EQ(driver.reply.status, 503);
  EXPECT_EQ(driver.reply.error("code"), "overloaded");
  EXPECT_EQ(driver.reply.header("content-type"), "application/json");
}

TEST_F(Native, StreamWithoutAnEventIsAnHttpError) {
  driver.chat(kAskStream);
  driver.stream(0, ": only a comment\n\n");
  EXPECT_EQ(driver.reply.status, 502);
  EXPECT_EQ(driver.reply.error("code"), "upstream_cut");
}

TEST_F(Native, StreamThatNeverComesToItsContentIsGivenUp) {
  std::string roles;
  while (roles.size() < 60'000) roles += role();
  for (const std::string& filler : {": " + std::string(60'000, 'p') + "\n\n", roles, std::string(60'000, '\n')}) {
    Driver other(gateway);
    other.chat(kAskStream);
    other.head(0, 200);
    for (size_t sent = 0; sent <= kPeekedBytesMax && !other.reply.ended; sent += filler.size()) other.bytes(0, filler);
    EXPECT_EQ(other.reply.status, 502);
    EXPECT_EQ(other.reply.error("code"), "upstream_bad_reply");
    EXPECT_EQ(other.fetches[0].aborts, 1);
  }
}

TEST_F(Native, StreamThatNeverComesToItsContentLeadsToTheFallback) {
  driver.chat(chat_request("gpt-4o|gamma", true, {{"stream_options", {{"include_usage", true}}}}));
  driver.head(0, 200);
  for (int i = 0; i < 100 && driver.calls() == 1; ++i) driver.bytes(0, std::string(60'000, '\n'));
  ASSERT_EQ(driver.calls(), 2U);
  driver.stream(1, speech("Here."));
  EXPECT_EQ(driver.reply.body, speech("Here."));
}

TEST_F(Native, StreamMayBeginWithALargeEvent) {
  driver.chat(kAskStream);
  driver.head(0, 200);
  const std::string whole =
      ": hello\n\n" + role() + text(std::string(kSseEventBytesMax - 1000, 'y')) + finish() + kDone;
  for (size_t at = 0; at < whole.size(); at += 65'536) driver.bytes(0, whole.substr(at, 65'536));
  driver.end(0);
  EXPECT_EQ(driver.reply.status, 200);
  EXPECT_TRUE(driver.reply.body == whole);
}

TEST_F(Native, StreamThatIsOneJsonTextIsTranslated) {
  driver.chat(kAskStream);
  driver.answer(0, 200, completion("Whole."));
  const Stream stream = read_stream(driver.reply.body);
  EXPECT_EQ(stream.choices.at(0).content, "Whole.");
  EXPECT_EQ(stream.dones, 1);
}

// --- the endings of a relayed stream ---

struct Ending {
  const char* name;
  std::string sent;   // After the first chunk.
  std::string added;  // By the gateway.
  bool broken = false;
};

const Ending kEndings[] = {
    {"clean", text("x") + finish() + kDone, ""},
    {"blank line missing after the end mark", text("x") + finish() + "data: [DONE]", "\n\n"},
    {"end mark missing", text("x") + finish(), kDone},
    {"end mark and blank line missing", text("x") + finish().substr(0, finish().size() - 2),
     std::string("\n\n") + kDone},
    {"end mark without a finish", text("x") + kDone, ""},
    {"an error of the upstream's own", text("x") + error_event("Broke", "server_error"), kDone},
    {"half an event", text("x") + R"(data: {"id":"c)", "", true},
    {"an event without its blank line", text("x").substr(0, text("x").size() - 2), "", true},
};

TEST_F(Native, StreamGetsWhatItsEndLacks) {
  for (const Ending& ending : kEndings) {
    Driver other(gateway);
    other.chat(kAskStream);
    other.head(0, 200);
    other.bytes(0, role() + text("w"));
    other.bytes(0, ending.sent);
    other.end(0);
    EXPECT_EQ(other.reply.body, role() + text("w") + ending.sent + ending.added) << ending.name;
    EXPECT_EQ(other.reply.broken, ending.broken) << ending.name;
    EXPECT_EQ(other.reply.ended, !ending.broken) << ending.name;
  }
}

TEST_F(Native, StreamCutBetweenEventsEndsWithAnErrorLine) {
  for (const bool broke : {true, false}) {
    Driver other(gateway);
    other.chat(kAskStream);
    other.head(0, 200);
    other.bytes(0, role() + text("w"));
    if (broke) other.fail(0);
    if (!broke) other.end(0);
    const Stream stream = read_stream(other.reply.body);
    EXPECT_EQ(stream.error["code"], "upstream_cut");
    EXPECT_EQ(stream.choices.at(0).content, "w");
    EXPECT_EQ(stream.dones, 1);
    EXPECT_TRUE(other.reply.ended);
  }
}

TEST_F(Native, StreamThatBrokeInAnEventIsBrokenVisibly) {
  driver.chat(kAskStream);
  driver.head(0, 200);
  driver.bytes(0, role() + text("w"));
  driver.bytes(0, "data: {");
  driver.fail(0);
  EXPECT_TRUE(driver.reply.broken);
}

TEST_F(Native, StreamThatBrokeAfterItsEndMarkIsWhole) {
  driver.chat(kAskStream);
  driver.head(0, 200);
  driver.bytes(0, speech("w"));
  driver.fail(0);
  EXPECT_EQ(driver.reply.body, speech("w"));
  EXPECT_TRUE(driver.reply.ended);
}

TEST_F(Native, LaneIsNotTakenWhereUsageHasToBeTakenOut) {
  driver.chat(Json{{"model", "gpt-4o"}, {"stream", true}, {"messages", {{{"role", "user"}, {"content", "Hi"}}}}});
  driver.stream(0, speech("Hi"));
  EXPECT_FALSE(driver.fetches[0].relayed);
  EXPECT_EQ(Json::parse(driver.fetches[0].body)["stream_options"]["include_usage"], true);
  EXPECT_EQ(read_stream(driver.reply.body).choices.at(0).content, "Hi");
  EXPECT_EQ(driver.reply.body.find("\"usage\""), std::string::npos);
}

}  // namespace
}  // namespace onellm::gateway::test
