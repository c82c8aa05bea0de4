// The gateway serves clients of a dialect that it does not know: whole replies, streams and refusals, with the toy
// dialect as the only one.
#include <gtest/gtest.h>

#include "gateway/http/failure_replies.h"
#include "gateway/neutral/toy_gateway.h"

namespace onellm::gateway::test {
namespace {

struct NeutralSession : ::testing::Test {
  ToyGateway gateway;
  ToyClient client{gateway};
};

TEST_F(NeutralSession, AWholeReplyIsInTheDialectOfTheRoute) {
  client.ask("echo", false);
  EXPECT_EQ(client.reply.status, 200);
  EXPECT_EQ(client.reply.header("content-type"), toy::kReplyType);
  EXPECT_EQ(client.line_with("from")["from"], "echo");
  EXPECT_TRUE(client.line_with("from")["id"].get<std::string>().starts_with("toy-")) << client.reply.body;
  EXPECT_EQ(client.said(), "Hi");
  EXPECT_EQ(client.line_with("end")["end"], "stop");
  EXPECT_TRUE(client.reply.body.ends_with(toy::kEndMark)) << client.reply.body;
  EXPECT_TRUE(client.reply.ended);
}

TEST_F(NeutralSession, AStreamIsInTheDialectOfTheRoute) {
  client.ask("echo");
  EXPECT_EQ(client.reply.header("content-type"), toy::kStreamType);
  EXPECT_EQ(client.said(), "Hi");
  EXPECT_EQ(client.line_with("read")["wrote"], 1);
  EXPECT_TRUE(client.reply.body.ends_with(toy::kEndMark)) << client.reply.body;
  EXPECT_TRUE(client.reply.ended);
}

TEST_F(NeutralSession, AStreamOfAnotherDialectIsTranslated) {
  client.ask("google/gemini-2.5-flash");
  ASSERT_EQ(client.calls(), 1U);
  client.head(0, 200);
  client.bytes(0, R"(data: {"candidates":[{"content":{"role":"model","parts":[{"text":"One "}]}}]})"
                  "\n\n");
  EXPECT_EQ(client.said(), "One ");
  client.bytes(0, R"(data: {"candidates":[{"content":{"parts":[{"functionCall":{"name":"go","args":{}}}]},)"
                  R"("finishReason":"STOP"}],)"
                  R"("usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":2,"totalTokenCount":5}})"
                  "\n\n");
  client.end(0);
  EXPECT_FALSE(client.fetches[0].relayed) << "a provider of another dialect is never relayed";
  EXPECT_EQ(client.line_with("call")["call"], "go");
  EXPECT_EQ(client.line_with("args")["args"], "{}");
  EXPECT_EQ(client.line_with("end")["end"], "tool_calls");
  EXPECT_EQ(client.line_with("read")["read"], 3);
  EXPECT_TRUE(client.reply.body.ends_with(toy::kEndMark)) << client.reply.body;
}

TEST_F(NeutralSession, RefusalsAreInTheDialectOfTheRoute) {
  const struct {
    std::string line;
    Headers headers;
    int status;
    std::string code;
  } cases[] = {
      {"POST /toy", {}, 401, "invalid_api_key"},
      {"GET /toy", with_key(), 405, "method_not_allowed"},
      {"POST /toy/more", with_key(), 404, "unknown_url"},
      {"POST /elsewhere", with_key(), 404, "unknown_url"},
      {"GET /v1/models/none", with_key(), 404, "model_not_found"},
  };
  for (const auto& c : cases) {
    Driver driver(gateway);
    driver.request(c.line, c.headers);
    const Json said = driver.reply.json();
    EXPECT_EQ(driver.reply.status, c.status) << c.line;
    EXPECT_EQ(driver.reply.header("content-type"), toy::kReplyType) << c.line;
    EXPECT_EQ(said["status"], c.status) << c.line;
    EXPECT_EQ(said["code"], c.code) << c.line;
    EXPECT_EQ(said["request"], driver.reply.header("x-request-id")) << c.line;
    EXPECT_NE(said["oops"], "") << c.line;
  }
}

TEST_F(NeutralSession, ARequestThatTheDialectCannotReadIsRefused) {
  for (const char* body : {"", "{", R"({"turns":[]})", R"({"ask":"nobody"})"}) {
    ToyClient other(gateway);
    other.chat(std::string(body));
    EXPECT_GE(other.reply.status, 400) << body;
    EXPECT_LT(other.reply.status, 500) << body;
    EXPECT_TRUE(other.reply.json().contains("oops")) << body;
  }
}

TEST_F(NeutralSession, TheChatRouteOfAnotherDialectIsNotThere) {
  Driver driver(gateway);
  driver.request("POST /v1/chat/completions");
  EXPECT_EQ(driver.reply.status, 404);
  EXPECT_NE(driver.reply.json()["oops"].get<std::string>().find("POST /toy"), std::string::npos);
}

TEST(FailureReplies, AreInTheDialectOfEachRoute) {
  const Json replies = Json::parse(failure_replies(toy::routes()));
  ASSERT_EQ(replies.size(), 1U);
  EXPECT_EQ(replies[0]["path"], toy::kPath);
  EXPECT_EQ(replies[0]["status"], 500);
  EXPECT_EQ(replies[0]["content_type"], toy::kReplyType);
  EXPECT_EQ(replies[0]["stream_content_type"], toy::kStreamType);
  EXPECT_EQ(replies[0]["event_end"], "\n");
  EXPECT_EQ(Json::parse(replies[0]["body"].get<std::string>())["code"], "internal_error");
  EXPECT_EQ(Json::parse(replies[0]["events"].get<std::string>())["code"], "internal_error");
  EXPECT_EQ(Json::parse(replies[0]["body"].get<std::string>())["request"], replies[0]["id_placeholder"]);
  EXPECT_EQ(Json::parse(replies[0]["events"].get<std::string>())["request"], replies[0]["id_placeholder"]);
  EXPECT_EQ(replies[0]["id_header"], toy::routes()[0].dialect->request_id_header());
}

TEST(FailureReplies, NameTheHeaderThatHasTheIdOfTheirBody) {
  for (const Json& reply : Json::parse(failure_replies(dialects::client_routes()))) {
    const std::string placeholder = reply["id_placeholder"];
    const bool has_id = reply["body"].get<std::string>().find(placeholder) != std::string::npos;
    EXPECT_EQ(has_id, !reply["id_header"].get<std::string>().empty()) << reply;
    EXPECT_EQ(has_id, reply["events"].get<std::string>().find(placeholder) != std::string::npos) << reply;
  }
}

}  // namespace
}  // namespace onellm::gateway::test
