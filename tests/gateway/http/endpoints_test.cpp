// Routes, methods, preflight and health: what is answered before any model is thought of.
#include <gtest/gtest.h>

#include "support/gateway_driver.h"
#include "support/gateway_settings.h"

namespace onellm::gateway::test {
namespace {

Reply answer_to(const std::string& first_line, const Headers& headers = with_key(),
                const Json& settings = standard_settings()) {
  Configured gateway(settings);
  Driver driver(gateway);
  driver.request(first_line, headers);
  for (size_t call = 0; call < driver.calls(); ++call) driver.fail(call);  // Lists of models.
  EXPECT_TRUE(driver.reply.ended) << driver.transcript();
  return driver.reply;
}

TEST(Endpoints, AnswerAPreflightWithoutAKey) {
  const Reply reply = answer_to("OPTIONS /v1/chat/completions", {}, Json::object());
  EXPECT_EQ(reply.status, 204);
  EXPECT_EQ(reply.body, "");
  EXPECT_EQ(reply.header("access-control-allow-origin"), "*");
  EXPECT_NE(reply.header("access-control-allow-methods").find("POST"), std::string::npos);
  EXPECT_NE(reply.header("access-control-allow-headers").find("authorization"), std::string::npos);
}

TEST(Endpoints, QuoteOnlyTheBeginningOfALongPath) {
  const std::string path(8'000, 'x');
  for (const std::string& line : {"DELETE /v1/models/" + path, "GET /" + path, "GET /v1/messages/batches/" + path}) {
    const Reply reply = answer_to(line);
    EXPECT_GE(reply.status, 404) << line;
    EXPECT_NE(reply.body.find("xxx"), std::string::npos) << reply.body;
    EXPECT_LT(reply.body.size(), 600U) << line;
  }
}

TEST(Endpoints, EchoTheHeadersThatAPreflightAsksFor) {
  const std::string asked = "authorization, x-stainless-os, x-stainless-lang";
  const Reply reply = answer_to("OPTIONS /anything/at/all", {{"access-control-request-headers", asked}});
  EXPECT_EQ(reply.status, 204);
  EXPECT_EQ(reply.header("access-control-allow-headers"), asked);
  EXPECT_EQ(reply.header("vary"), "access-control-request-headers");
}

TEST(Endpoints, AskKvNothingForAPreflight) {
  Configured gateway(settings_with({{"ONELLM_PROVIDERS", nullptr}, {"bindings", {"ONELLM_KV"}}}));
  Driver driver(gateway);
  driver.request("OPTIONS /v1/models", {});
  EXPECT_TRUE(driver.kv_reads.empty());
  EXPECT_EQ(driver.reply.status, 204);
}

TEST(Endpoints, BearRequestIdAndCorsHeadersOnEveryReply) {
  for (const char* line : {"GET /healthz", "GET /nowhere", "GET /v1/models", "GET /v1/models/none", "PUT /v1/models",
                           "GET /v1/chat/completions", "OPTIONS /", "HEAD /v1/models"}) {
    const Reply reply = answer_to(line);
    EXPECT_TRUE(reply.header("x-request-id").starts_with("req_")) << line;
    EXPECT_EQ(reply.header("access-control-allow-origin"), "*") << line;
  }
  const Reply refused = answer_to("GET /v1/models", {});
  EXPECT_EQ(refused.status, 401);
  EXPECT_EQ(refused.header("access-control-allow-origin"), "*");
  EXPECT_TRUE(refused.header("x-request-id").starts_with("req_"));
}

TEST(Endpoints, ExposeEveryHeaderOfOurOwnToBrowsers) {
  const std::string exposed = answer_to("GET /healthz").header("access-control-expose-headers");
  for (const char* name : {"x-request-id", "x-onellm-provider", "x-onellm-model", "x-onellm-attempts",
                           "x-onellm-upstream-status", "x-onellm-dropped", "x-onellm-cost", "retry-after",
                           "retry-after-ms", "x-should-retry", "x-ratelimit-remaining-tokens"}) {
    EXPECT_NE(exposed.find(name), std::string::npos) << name;
  }
}

TEST(Endpoints, GiveEachSeedItsRequestId) {
  Configured gateway;
  Driver one(gateway, {1, 2, 3, 4});
  Driver same(gateway, {1, 2, 3, 4});
  Driver other(gateway, {1, 2, 3, 5});
  Driver zeros(gateway, {0, 0, 0, 0});
  for (Driver* driver : {&one, &same, &other, &zeros}) driver->request("GET /healthz");
  EXPECT_EQ(one.reply.header("x-request-id"), same.reply.header("x-request-id"));
  EXPECT_NE(one.reply.header("x-request-id"), other.reply.header("x-request-id"));
  EXPECT_NE(one.reply.header("x-request-id"), zeros.reply.header("x-request-id"));
}

TEST(Endpoints, DoNotKnowOtherPaths) {
  for (const char* path : {"/v1", "/v1/chat", "/v1/chat/completions/", "/v1/modelsx", "/healthz/x", "", "/v1/healthz",
                           "/v1/v1/models", "/v1/", "/chat", "/modelsx"}) {
    const Reply reply = answer_to(std::string("GET ") + path);
    EXPECT_EQ(reply.status, 404) << path;
    EXPECT_EQ(reply.error("code"), "unknown_url");
    EXPECT_EQ(reply.error("type"), "invalid_request_error");
    EXPECT_EQ(reply.error("param"), "");
  }
}

TEST(Endpoints, AnswerTheRootWithoutAKey) {
  for (const char* line : {"GET /", "HEAD /", "GET /?x=1"}) {
    const Reply reply = answer_to(line, {}, Json::object());
    EXPECT_EQ(reply.status, 200) << line;
    EXPECT_EQ(reply.body.empty(), line[0] == 'H') << line;
  }
  EXPECT_EQ(answer_to("POST /").status, 405);
}

TEST(Endpoints, AreKnownWithoutTheVersionToo) {
  EXPECT_EQ(answer_to("GET /models").json()["object"], "list");
  EXPECT_EQ(answer_to("GET /models/echo").json()["id"], "echo");
  EXPECT_EQ(answer_to("GET /models/").json()["object"], "list");
  EXPECT_EQ(answer_to("GET /chat/completions").status, 405);
  EXPECT_EQ(answer_to("GET /admin/usage", {}).status, 401);
  Configured gateway;
  Driver driver(gateway);
  driver.chat_path = "/chat/completions";
  driver.chat(Json{{"model", "echo"}, {"messages", {{{"role", "user"}, {"content", "Hi"}}}}});
  EXPECT_EQ(driver.reply.status, 200);
}

TEST(Endpoints, OfADialectRefuseInItsOwnShape) {
  for (const char* line : {"POST /v1/messages/batches", "GET /v1/messages/batches/x/results", "GET /messages/batches",
                           "POST /v1/messages/none"}) {
    const Reply reply = answer_to(line);
    EXPECT_EQ(reply.status, 404) << line;
    EXPECT_EQ(reply.json()["type"], "error") << line;
    EXPECT_EQ(reply.error("type"), "not_found_error") << line;
    EXPECT_EQ(reply.json()["request_id"], reply.header("request-id")) << line;
  }
  EXPECT_NE(answer_to("POST /v1/messages/batches").error("message").find("state"), std::string::npos);
  EXPECT_EQ(answer_to("GET /v1/messages").error("type"), "invalid_request_error");
  EXPECT_EQ(answer_to("GET /messages").status, 405);
  EXPECT_EQ(answer_to("POST /v1/messages?beta=true", {}).error("type"), "authentication_error");
}

TEST(Endpoints, KnowAClientOfADialectByItsHeaderWhereThePathTellsNothing) {
  const Reply reply = answer_to("GET /nowhere", with_key({{"anthropic-version", "2023-06-01"}}));
  EXPECT_EQ(reply.error("type"), "not_found_error");
  EXPECT_EQ(reply.json()["request_id"], reply.header("request-id"));
  EXPECT_EQ(answer_to("GET /nowhere").header("request-id"), "(absent)");
}

TEST(Endpoints, RefuseOtherMethodsByName) {
  for (const char* line : {"GET /v1/chat/completions", "POST /v1/models", "DELETE /v1/models/x", "POST /healthz"}) {
    const Reply reply = answer_to(line);
    EXPECT_EQ(reply.status, 405) << line;
    EXPECT_EQ(reply.error("code"), "method_not_allowed");
    EXPECT_NE(reply.header("allow").find(line[0] == 'G' ? "POST" : "GET"), std::string::npos);
  }
}

TEST(Endpoints, AskForAKeyBeforeTheyReadABody) {
  for (const Headers& headers : {Headers{}, Headers{{"api-key", "wrong"}}}) {
    Configured gateway;
    Driver driver(gateway);
    driver.request("POST /v1/chat/completions", headers);
    EXPECT_FALSE(driver.body_wanted);
    EXPECT_EQ(driver.reply.status, 401);
    EXPECT_EQ(driver.reply.error("code"), "invalid_api_key");
  }
}

TEST(Endpoints, AcceptTheKeyInAnyOfThreeHeaders) {
  for (const Headers& headers : {Headers{{"authorization", std::string("Bearer ") + kClientKey}},
                                 Headers{{"x-api-key", kClientKey}}, Headers{{"api-key", kClientKey}}}) {
    EXPECT_EQ(answer_to("GET /v1/models", headers).status, 200);
  }
}

TEST(Endpoints, StayClosedUntilAKeyIsSet) {
  Json settings = standard_settings();
  for (const Json& key : {Json(nullptr), Json(""), Json("  ")}) {
    settings["ONELLM_API_KEY"] = key;
    const Reply reply = answer_to("GET /v1/models", with_key(), settings);
    EXPECT_EQ(reply.status, 503);
    EXPECT_EQ(reply.error("code"), "not_configured");
    EXPECT_NE(reply.error("message").find("ONELLM_API_KEY"), std::string::npos);
  }
}

TEST(Health, NeedsNoKeyAndTellsTheVersion) {
  const Reply reply = answer_to("GET /healthz?x=1", {});
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.json()["status"], "ok");
  EXPECT_EQ(reply.json()["configured"], true);
  EXPECT_EQ(reply.json()["protocol"], kProtocolVersion);
  EXPECT_FALSE(reply.json()["version"].get<std::string>().empty());
  EXPECT_EQ(reply.json()["problems"], Json::array());
}

TEST(Health, NamesAMalformedSettingAndNeverItsValue) {
  const Json settings = settings_with({{"ONELLM_PROVIDERS", "{broken hush"}, {"ONELLM_IDLE_TIMEOUT_MS", "soon"}});
  const Reply reply = answer_to("GET /healthz", {}, settings);
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.json()["problems"].size(), 2U) << reply.body;
  EXPECT_NE(reply.body.find("ONELLM_PROVIDERS"), std::string::npos);
  EXPECT_EQ(reply.body.find("hush"), std::string::npos);
  EXPECT_EQ(reply.body.find("soon"), std::string::npos);
}

TEST(Health, HasNoBodyForHead) {
  const Reply reply = answer_to("HEAD /healthz", {});
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "");
}

}  // namespace
}  // namespace onellm::gateway::test
