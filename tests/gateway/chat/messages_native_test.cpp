// A client of the Messages API and a provider that speaks it: the bytes of both pass unchanged.
#include <gtest/gtest.h>

#include "support/gateway_driver.h"
#include "support/gateway_settings.h"

namespace onellm::gateway::test {
namespace {

const Json kSettings =
    settings_with({{"ANTHROPIC_API_KEY", "key-of-anthropic"}, {"ANTHROPIC_API_BASE", "https://anthropic.test"}});

const std::string kWhole =
    R"({ "model" : "claude-opus-5",  "messages":[{"role":"user","content":"caf\u00e9"}], "x":1.0e2})";
const std::string kReply =
    R"({"id":"msg_up","type":"message","role":"assistant","model":"claude-opus-5","content":[{"type":"text","text":"Hi"}],)"
    R"("stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":7,"output_tokens":5},  "new": [ ]})";

std::string frame(const std::string& type, const std::string& rest) {
  return "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + (rest.empty() ? "" : "," + rest) + "}\n\n";
}
std::string begin_of_stream() {
  return frame("message_start",
               R"("message":{"id":"msg_up","type":"message","role":"assistant","model":"claude-opus-5","content":[],)"
               R"("stop_reason":null,"usage":{"input_tokens":7,"output_tokens":1}})") +
         frame("content_block_start", R"("index":0,"content_block":{"type":"text","text":""})") +
         frame("content_block_delta", R"("index":0,"delta":{"type":"text_delta","text":"Hi"})");
}
std::string end_of_stream() {
  return frame("content_block_stop", R"("index":0)") +
         frame("message_delta", R"("delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":5})") +
         frame("message_stop", "");
}

struct MessagesNative : ::testing::Test {
  MessagesNative() { driver.chat_path = "/v1/messages"; }
  Configured gateway{kSettings};
  Driver driver{gateway};
};

TEST_F(MessagesNative, RequestGoesUpAsItWasWritten) {
  driver.chat(kWhole);
  ASSERT_EQ(driver.calls(), 1U) << driver.transcript();
  EXPECT_EQ(driver.fetches[0].url, "POST https://anthropic.test/v1/messages");
  EXPECT_EQ(driver.fetches[0].body, kWhole);
  EXPECT_EQ(driver.fetches[0].headers["anthropic-version"], "2023-06-01");
  EXPECT_EQ(driver.fetches[0].headers["x-api-key"], "key-of-anthropic");
}

TEST_F(MessagesNative, OnlyTheModelChangesAndTheOptionsGo) {
  driver.chat(std::string(R"({"onellm":{"strict":false} , "max_tokens":1,"model":"anthropic/claude-2","messages":7})"));
  ASSERT_EQ(driver.calls(), 1U) << driver.transcript();
  EXPECT_EQ(driver.fetches[0].body, R"({"max_tokens":1,"model":"claude-2.0","messages":7})");
}

TEST_F(MessagesNative, HeadersOfTheDialectReachTheProvider) {
  driver.chat(kWhole, with_key({{"anthropic-version", "2026-10-21"},
                                {"anthropic-beta", "a-1,b-2"},
                                {"anthropic-new-thing", "x"},
                                {"anthropic-dangerous-direct-browser-access", "true"},
                                {"cookie", "c"}}));
  const Headers expected = {{"content-type", "application/json"},
                            {"x-api-key", "key-of-anthropic"},
                            {"anthropic-version", "2026-10-21"},
                            {"anthropic-beta", "a-1,b-2"},
                            {"anthropic-new-thing", "x"}};
  EXPECT_EQ(driver.fetches[0].headers, expected);
}

TEST_F(MessagesNative, HeadersOfTheDialectReachNoOtherProvider) {
  driver.chat_path = "/v1/chat/completions";
  driver.chat(Json{{"model", "claude-opus-5"}, {"messages", {{{"role", "user"}, {"content", "Hi"}}}}},
              with_key({{"anthropic-version", "2026-10-21"}, {"anthropic-new-thing", "x"}}));
  EXPECT_EQ(driver.fetches[0].headers["anthropic-version"], "2023-06-01");
  EXPECT_EQ(driver.fetches[0].headers.count("anthropic-new-thing"), 0U);
}

TEST_F(MessagesNative, ReplyIsSentAsItCame) {
  driver.chat(kWhole);
  driver.answer(0, 200, kReply,
                {{"content-type", "application/json"},
                 {"request-id", "req_up"},
                 {"anthropic-ratelimit-tokens-limit", "9"},
                 {"anthropic-ratelimit-input-tokens-limit", "8"}});
  EXPECT_EQ(driver.reply.status, 200);
  EXPECT_EQ(driver.reply.body, kReply);
  EXPECT_EQ(driver.reply.header("request-id"), "req_up");
  EXPECT_TRUE(driver.reply.header("x-request-id").starts_with("req_"));
  EXPECT_EQ(driver.reply.header("anthropic-ratelimit-tokens-limit"), "9");
  EXPECT_EQ(driver.reply.header("anthropic-ratelimit-input-tokens-limit"), "8");
}

TEST_F(MessagesNative, StreamIsRelayedByteForByte) {
  driver.chat(std::string(R"({"model":"claude-opus-5","stream":true,"messages":[]})"));
  driver.head(0, 200, {{"content-type", "text/event-stream"}, {"request-id", "req_up"}});
  driver.bytes(0, begin_of_stream());
  EXPECT_TRUE(driver.fetches[0].relayed) << driver.transcript();
  driver.bytes(0, end_of_stream());
  driver.end(0);
  EXPECT_EQ(driver.reply.body, begin_of_stream() + end_of_stream());
  EXPECT_EQ(driver.reply.header("request-id"), "req_up");
}

TEST_F(MessagesNative, StreamBeginsWithTheStartOfTheMessage) {
  driver.chat(std::string(R"({"model":"claude-opus-5","stream":true,"messages":[]})"));
  driver.head(0, 200, {{"content-type", "text/event-stream"}});
  driver.bytes(0, frame("ping", ""));
  EXPECT_EQ(driver.reply.status, 0);
  const std::string start = begin_of_stream().substr(0, begin_of_stream().find("event: content_block_start"));
  driver.bytes(0, start);
  EXPECT_EQ(driver.reply.status, 200);
  EXPECT_EQ(driver.reply.body, frame("ping", "") + start);
}

TEST_F(MessagesNative, StreamThatBeginsWithAnErrorIsAnHttpError) {
  driver.chat(std::string(R"({"model":"claude-opus-5|claude-opus-4-8","stream":true,"messages":[]})"));
  driver.head(0, 200, {{"content-type", "text/event-stream"}, {"request-id", "req_up"}});
  driver.bytes(0, frame("error", R"("error":{"type":"overloaded_error","message":"Overloaded"})"));
  driver.end(0);
  ASSERT_EQ(driver.calls(), 2U) << driver.transcript();
  driver.answer(1, 400, R"({"type":"error","error":{"type":"invalid_request_error","message":"No."}})");
  EXPECT_EQ(driver.reply.status, 529) << driver.reply.body;
  EXPECT_EQ(driver.reply.error("type"), "overloaded_error");
  EXPECT_EQ(driver.reply.json()["request_id"], driver.reply.header("request-id"));
  EXPECT_EQ(driver.reply.header("request-id"), "req_up") << "the id by which the provider knows it";
}

TEST_F(MessagesNative, StreamThatIsCutEndsWithAnErrorThatNamesTheSameRequest) {
  driver.chat(std::string(R"({"model":"claude-opus-5","stream":true,"messages":[]})"));
  driver.head(0, 200, {{"content-type", "text/event-stream"}, {"request-id", "req_up"}});
  driver.bytes(0, begin_of_stream());
  driver.fail(0);
  EXPECT_NE(driver.reply.body.find("event: error\n"), std::string::npos) << driver.reply.body;
  EXPECT_NE(driver.reply.body.find(R"("request_id":"req_up")"), std::string::npos) << driver.reply.body;
}

TEST_F(MessagesNative, ErrorsKeepTheirStatusAndTheirBytes) {
  for (const auto& [status, type] : std::map<int, std::string>{{529, "overloaded_error"},
                                                               {400, "invalid_request_error"},
                                                               {402, "billing_error"},
                                                               {413, "request_too_large"}}) {
    Driver other(gateway);
    other.chat_path = "/v1/messages";
    other.chat(kWhole);
    const std::string body =
        R"({ "type":"error","error":{"type":")" + type + R"(","message":"No."},"request_id":"req_up"})";
    for (size_t call = 0; call < other.calls() && !other.reply.ended; ++call) {
      other.answer(call, status, body, {{"content-type", "application/json"}, {"request-id", "req_up"}});
      other.wait(10'000);
    }
    EXPECT_EQ(other.reply.status, status);
    EXPECT_EQ(other.reply.body, body);
    EXPECT_EQ(other.reply.header("request-id"), "req_up");
  }
}

TEST_F(MessagesNative, ErrorsAreSearchedForTheProvidersKey) {
  driver.chat(kWhole);
  driver.answer(0, 401, R"({"type":"error","error":{"type":"authentication_error","message":"bad key-of-anthropic"}})");
  EXPECT_EQ(driver.reply.status, 401);
  EXPECT_EQ(driver.reply.error("message"), "bad ***");
}

TEST_F(MessagesNative, ErrorsThatAreNoJsonAreWrittenInTheDialect) {
  driver.chat(kWhole);
  driver.answer(0, 403, "<html>Forbidden</html>", {{"content-type", "text/html"}, {"request-id", "req_up"}});
  EXPECT_EQ(driver.reply.status, 403);
  EXPECT_EQ(driver.reply.error("type"), "permission_error");
  EXPECT_EQ(driver.reply.json()["request_id"], driver.reply.header("request-id"));
  EXPECT_EQ(driver.reply.header("request-id"), "req_up");
}

TEST_F(MessagesNative, ErrorsOfTheGatewayHaveItsOwnId) {
  driver.chat(kWhole);
  driver.fail(0);
  EXPECT_EQ(driver.reply.status, 502);
  EXPECT_EQ(driver.reply.json()["request_id"], driver.reply.header("x-request-id"));
  EXPECT_EQ(driver.reply.header("request-id"), driver.reply.header("x-request-id"));
}

TEST_F(MessagesNative, ErrorsOfATranslatedReplyHaveTheGatewaysId) {
  driver.chat(std::string(R"({"model":"claude-opus-5","max_tokens":9,"onellm":{"lane":"translated"},)"
                          R"("messages":[{"role":"user","content":"hi"}]})"));
  driver.answer(0, 403, "<html>Forbidden</html>", {{"content-type", "text/html"}, {"request-id", "req_up"}});
  EXPECT_EQ(driver.reply.status, 403);
  EXPECT_EQ(driver.reply.header("request-id"), driver.reply.header("x-request-id"));
}

TEST_F(MessagesNative, ThoughtsThatTheProviderRefusesAreLeftOutOnce) {
  const std::string refusal = R"({"type":"error","error":{"type":"invalid_request_error","message":)"
                              R"("messages.1.content.0: Invalid `signature` in `thinking` block"}})";
  driver.chat(
      std::string(R"({"model":"claude-opus-5","messages":[{"role":"user","content":"hi"},{"role":"assistant",)"
                  R"("content":[{"type":"thinking","thinking":"hm","signature":"s"},{"type":"text","text":"yo"}]},)"
                  R"({"role":"user","content":"more"}]})"));
  driver.answer(0, 400, refusal);
  ASSERT_EQ(driver.calls(), 2U) << driver.transcript();
  EXPECT_EQ(driver.fetches[1].body,
            R"({"model":"claude-opus-5","messages":[{"role":"user","content":"hi"},{"role":"assistant",)"
            R"("content":[{"type":"text","text":"yo"}]},{"role":"user","content":"more"}]})");
  driver.answer(1, 400, refusal);
  EXPECT_EQ(driver.calls(), 2U);
  EXPECT_EQ(driver.reply.body, refusal);
  EXPECT_EQ(driver.reply.header("x-onellm-dropped"), "thinking");
}

TEST_F(MessagesNative, OtherRefusalsChangeNothing) {
  driver.chat(kWhole);
  const std::string refusal =
      R"({"type":"error","error":{"type":"invalid_request_error","message":"temperature is deprecated for this model"}})";
  driver.answer(0, 400, refusal);
  EXPECT_EQ(driver.calls(), 1U);
  EXPECT_EQ(driver.reply.body, refusal);
}

TEST_F(MessagesNative, ABodyWithoutAModelIsRefusedAndNothingIsSent) {
  for (const char* body : {"{}", "[]", "{", R"({"model":7})", R"({"model":"claude-opus-5","model":"x"})"}) {
    Driver other(gateway);
    other.chat_path = "/v1/messages";
    other.chat(std::string(body));
    EXPECT_EQ(other.reply.status, 400) << body;
    EXPECT_EQ(other.reply.error("type"), "invalid_request_error") << body;
    EXPECT_EQ(other.calls(), 0U) << body;
  }
}

}  // namespace
}  // namespace onellm::gateway::test
