// What the client sees of an upstream's error.
#include <gtest/gtest.h>

#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/openai_wire.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

const char* kLanes[] = {"gpt-4o", "alpha"};  // The native one, the translated one.

Reply reply_to_error(const std::string& model, int status, const std::string& body, const Headers& headers = {}) {
  Configured gateway;
  Driver driver(gateway);
  driver.chat(Json{{"model", model}, {"messages", {{{"role", "user"}, {"content", "Hi"}}}}});
  driver.answer(0, status, body, headers);
  EXPECT_TRUE(driver.reply.ended) << driver.transcript();
  return driver.reply;
}

TEST(UpstreamErrors, KeepTheirStatusMessageTypeAndCode) {
  for (const char* model : kLanes) {
    const Reply reply = reply_to_error(model, 400, error_body("Too long", "invalid_request_error", "context_length"));
    EXPECT_EQ(reply.status, 400);
    EXPECT_EQ(reply.error("message"), "Too long");
    EXPECT_EQ(reply.error("type"), "invalid_request_error");
    EXPECT_EQ(reply.error("code"), "context_length");
    EXPECT_EQ(reply.header("x-onellm-upstream-status"), "400");
    EXPECT_EQ(reply.header("content-type"), "application/json");
  }
}

TEST(UpstreamErrors, AlwaysHaveAllFourKeys) {
  for (const char* body : {"", "no json", "{}", "[1]", "{\"error\":\"words\"}", "<html><body>Bad</body></html>"}) {
    for (const int status : {400, 404, 418, 500, 599}) {
      const Json error = reply_to_error("alpha", status, body).json()["error"];
      for (const char* key : {"message", "type", "param", "code"}) EXPECT_TRUE(error.contains(key)) << key << body;
      EXPECT_NE(error["message"], "") << body;
    }
  }
}

TEST(UpstreamErrors, OfOverloadAreAll503) {
  const Reply reply = reply_to_error("alpha", 529, error_body("Overloaded", "overloaded_error"));
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.error("code"), "overloaded");
  EXPECT_EQ(reply.header("x-onellm-upstream-status"), "529");
}

TEST(UpstreamErrors, PassOnWhatTheySayAboutTryingAgain) {
  for (const char* model : kLanes) {
    const Headers said = {{"retry-after", "12"},
                          {"retry-after-ms", "11500"},
                          {"x-should-retry", "true"},
                          {"x-ratelimit-remaining-tokens", "0"},
                          {"set-cookie", "a=b"}};
    const Reply reply = reply_to_error(model, 429, error_body("Slow", "requests"), said);
    EXPECT_EQ(reply.status, 429);
    EXPECT_EQ(reply.header("retry-after"), "12");
    EXPECT_EQ(reply.header("retry-after-ms"), "11500");
    EXPECT_EQ(reply.header("x-should-retry"), "true");
    EXPECT_EQ(reply.header("x-ratelimit-remaining-tokens"), "0");
    EXPECT_EQ(reply.header("set-cookie"), "(absent)");
  }
}

TEST(UpstreamErrors, AreBoundedInSize) {
  const std::string endless(3 * 1024 * 1024, 'x');
  const Reply reply = reply_to_error("alpha", 500, "{\"error\":{\"message\":\"" + endless + "\"}}");
  EXPECT_EQ(reply.status, 500);
  EXPECT_LT(reply.body.size(), 64U * 1024);
}

TEST(UpstreamErrors, OfRedirectsAreABadGateway) {
  const Reply reply = reply_to_error("alpha", 302, "", {{"location", "https://elsewhere.test"}});
  EXPECT_EQ(reply.status, 502);
  EXPECT_EQ(reply.header("location"), "(absent)");
}

TEST(UpstreamErrors, SayWhatToCheckWhereTheAddressIsWrong) {
  EXPECT_NE(reply_to_error("alpha", 302, "").error("message").find("base URL"), std::string::npos);
  for (const bool stream : {false, true}) {
    for (const char* model : kLanes) {
      Configured gateway;
      Driver driver(gateway);
      driver.chat(Json{{"model", model}, {"stream", stream}, {"messages", {{{"role", "user"}, {"content", "Hi"}}}}});
      driver.answer(0, 200, "\n<!doctype html><html>Log in</html>", {{"content-type", "text/html"}});
      EXPECT_EQ(driver.reply.status, 502);
      EXPECT_NE(driver.reply.error("message").find("base URL"), std::string::npos) << driver.transcript();
    }
  }
}

TEST(UpstreamErrors, OfConnectionsNameTheLeg) {
  Configured gateway;
  Driver driver(gateway);
  driver.chat(Json{{"model", "alpha"}, {"messages", {{{"role", "user"}, {"content", "Hi"}}}}});
  driver.fail(0);
  EXPECT_EQ(driver.reply.status, 502);
  EXPECT_EQ(driver.reply.error("code"), "upstream_unreachable");
  EXPECT_NE(driver.reply.error("message").find("alpha"), std::string::npos);
  EXPECT_EQ(driver.reply.header("x-onellm-upstream-status"), "(absent)");
}

TEST(UpstreamErrors, NeverShowAKey) {
  for (const char* model : kLanes) {
    const std::string key = model == kLanes[0] ? kUpstreamKey : kHostKey;
    const Reply reply = reply_to_error(model, 401, error_body("Incorrect API key: sk-abcdefghijklmnop1234", "x"));
    EXPECT_EQ(reply.status, 401);
    EXPECT_EQ(reply.body.find("sk-abcdefghijklmnop1234"), std::string::npos);
    EXPECT_EQ(reply.body.find(key), std::string::npos);
  }
}

TEST(UpstreamErrors, MaskHeadersOfSettingsButThoseThatEverybodyMayRead) {
  const Json headers = {{"x-pass", "open-sesame-please"}, {"http-referer", "https://example.test/app"}};
  Configured gateway(
      settings_with({{"ONELLM_PROVIDERS",
                      {{"host", {{"base", "https://host.test"}, {"models", {"alpha"}}, {"headers", headers}}}}}}));
  Driver driver(gateway);
  driver.chat(Json{{"model", "alpha"}, {"messages", {{{"role", "user"}, {"content", "Hi"}}}}});
  driver.answer(0, 403, error_body("open-sesame-please is not allowed, see https://help.test/app", "x", "y"));
  EXPECT_EQ(driver.reply.error("message"), "*** is not allowed, see https://help.test/app");
}

TEST(UpstreamErrors, ForgeNoHeaderByTheModelTheyName) {
  Configured gateway;
  Driver driver(gateway);
  driver.chat(Json{{"model", "alpha"}, {"messages", {{{"role", "user"}, {"content", "Hi"}}}}});
  Json reply = Json::parse(completion("Hi"));
  reply["model"] = "evil\r\nset-cookie: a=b\n";
  driver.answer(0, 200, reply.dump());
  EXPECT_EQ(driver.reply.header("set-cookie"), "(absent)");
  EXPECT_EQ(driver.reply.header("x-onellm-model"), "alpha");
}

TEST(UpstreamErrors, ForgeNoHeaderByTheModelAsked) {
  Configured gateway;
  Driver driver(gateway);
  driver.chat(Json{{"model", "host/evil\r\nset-cookie: a=b"}, {"messages", {{{"role", "user"}, {"content", "Hi"}}}}});
  if (driver.calls() == 1) driver.fail(0);
  EXPECT_GE(driver.reply.status, 400);
  EXPECT_EQ(driver.reply.header("set-cookie"), "(absent)");
}

}  // namespace
}  // namespace onellm::gateway::test
