// What is written down of each request: one record for every call, or one for a request that made none.
#include "support/records.h"

#include <gtest/gtest.h>

#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/openai_wire.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

Json ask(const std::string& model, bool stream, const Json& more = Json::object()) {
  Json body = chat_request(model, stream, more);
  if (stream) body["stream_options"] = {{"include_usage", true}};
  return body;
}

struct Records : ::testing::Test {
  Configured gateway{settings_with({{"bindings", {"ONELLM_ANALYTICS"}}})};
  Driver driver{gateway};

  // The only one there is.
  const Json& record() {
    EXPECT_EQ(driver.records.size(), 1U) << driver.transcript();
    if (driver.records.empty()) driver.records.push_back({{"blobs", Json::array()}, {"doubles", Json::array()}});
    return driver.records[0];
  }
  const Json& record(size_t at) {
    EXPECT_LT(at, driver.records.size()) << driver.transcript();
    return driver.records[at];
  }
};

TEST_F(Records, TellOfAnAnswerInAllTheirColumns) {
  Driver from_zurich(gateway);
  const Json body = ask("gpt-4o", true);
  from_zurich.request("POST /v1/chat/completions",
                      with_key({{"cf-ipcountry", "CH"}, {"cf-ray", "8f0a1b2c3d4e5f60-ZRH"}}));
  from_zurich.wait(10);  // For the body.
  from_zurich.send_body(body.dump());
  from_zurich.end_body();
  from_zurich.wait(100);
  from_zurich.head(0, 200);
  from_zurich.wait(20);
  from_zurich.bytes(0, role() + text("One."));
  from_zurich.wait(30);
  from_zurich.bytes(0, finish() + usage(1000, 200) + kDone);
  EXPECT_TRUE(from_zurich.records.empty()) << "before the end";
  from_zurich.end(0);
  ASSERT_EQ(from_zurich.records.size(), 1U);
  const Json& point = from_zurich.records[0];
  EXPECT_EQ(point["indexes"], Json({"master"}));
  EXPECT_EQ(point["blobs"],
            (Json{from_zurich.reply.header("x-request-id"), "master", "gpt-4o", "served-model", "openai", "",
                  "/v1/chat/completions", "ok", "", "", "CH", "ZRH", "reported", "yes", "yes"}))
      << point;
  const size_t bytes = from_zurich.fetches[0].whole.size();
  // 1000 * $2.5 + 200 * $10, for a million each.
  EXPECT_EQ(point["doubles"], (Json{200, 150, 120, 1000, 200, 0, 0, 0, 0.0045, 1, 1, body.dump().size(), bytes, 10, 0}))
      << point;
}

TEST_F(Records, FollowTheEndOfTheReply) {
  for (const char* model : {"gpt-4o", "alpha", "alpha,gpt-4o"}) {
    Driver one(gateway);
    one.chat(ask(model, true));
    for (size_t call = 0; call < one.calls(); ++call) one.stream(call, speech("Hello."));
    bool ended = false;
    for (const std::string& line : one.lines) {
      if (line.starts_with("send-end")) ended = true;
      EXPECT_TRUE(ended || !line.starts_with("record")) << line;
    }
    EXPECT_EQ(one.records.size(), one.calls()) << model;
  }
}

// The echo answers before the shim gets to make the call.
TEST_F(Records, TellNothingOfACallThatWasNotMade) {
  for (const bool stream : {true, false}) {
    Driver one(gateway);
    one.chat(ask("gpt-4o,echo", stream, {{"onellm", {{"merge", "race"}}}}));
    EXPECT_EQ(one.calls(), 0U) << one.transcript();
    EXPECT_EQ(one.reply.status, 200);
    ASSERT_EQ(one.records.size(), 1U) << one.transcript();
    EXPECT_EQ(blob(one.records[0], "provider"), "echo");
    EXPECT_EQ(blob(one.records[0], "outcome"), "ok");
    EXPECT_EQ(one.reply.header("x-onellm-attempts"), "0,1");
    EXPECT_EQ(one.reply.header("x-onellm-cost"), stream ? "(absent)" : "0");
  }
}

TEST_F(Records, TellOfAnErrorBeforeTheFirstByte) {
  driver.chat(ask("alpha", true));
  driver.wait(70);
  driver.answer(0, 429, error_body("Slow", "requests", "rate_limit_exceeded"));
  EXPECT_EQ(blob(record(), "outcome"), "error");
  EXPECT_EQ(blob(record(), "error_code"), "rate_limit_exceeded");
  EXPECT_EQ(blob(record(), "usage"), "none");
  EXPECT_EQ(blob(record(), "price_known"), "yes");
  EXPECT_EQ(number(record(), "status"), 429);
  EXPECT_EQ(number(record(), "total_ms"), 70);
  EXPECT_EQ(number(record(), "first_token_ms"), 0);
  EXPECT_EQ(number(record(), "cost_usd"), 0);
}

TEST_F(Records, AreOneForEachRetry) {
  gateway.configure(settings_with({{"ONELLM_RETRIES", 2}, {"bindings", {"ONELLM_ANALYTICS"}}}).dump());
  Driver retried(gateway);
  retried.chat(ask("gpt-4o", true));
  retried.wait(40);
  retried.answer(0, 500, error_body("Oh", "server_error"));
  while (retried.calls() < 2) retried.wait(1);
  const double waited_ms = retried.now_ms - kStartMs - 40;
  retried.wait(60);
  retried.stream(1, speech("One."));
  ASSERT_EQ(retried.records.size(), 2U);
  EXPECT_EQ(blob(retried.records[0], "outcome"), "error");
  EXPECT_EQ(blob(retried.records[0], "error_code"), "server_error");
  EXPECT_EQ(number(retried.records[0], "attempt"), 1);
  EXPECT_EQ(number(retried.records[0], "prompt_tokens"), 0);
  EXPECT_EQ(blob(retried.records[0], "first"), "yes");
  EXPECT_EQ(blob(retried.records[1], "outcome"), "ok");
  EXPECT_EQ(number(retried.records[1], "attempt"), 2);
  EXPECT_EQ(number(retried.records[1], "total_ms"), 60);
  EXPECT_EQ(number(retried.records[1], "overhead_ms"), waited_ms);
  EXPECT_EQ(number(retried.records[1], "prompt_tokens"), 3);
  EXPECT_EQ(blob(retried.records[1], "first"), "no");
}

TEST_F(Records, NameWhereAFallbackWent) {
  driver.chat(ask("alpha|gpt-4o", false));
  driver.answer(0, 404, error_body("None", "x", "model_not_found"));
  driver.answer(1, 200, completion("Two."));
  ASSERT_EQ(driver.records.size(), 2U);
  EXPECT_EQ(blob(record(0), "provider"), "host");
  EXPECT_EQ(blob(record(1), "provider"), "openai");
  EXPECT_EQ(blob(record(1), "model_asked"), "alpha|gpt-4o");
  EXPECT_EQ(number(record(1), "attempt"), 2);
}

TEST_F(Records, NameTheResourceOfAzure) {
  gateway.configure(settings_with({{"bindings", {"ONELLM_ANALYTICS"}},
                                   {"AZURE_OPENAI_API_KEYS", "east:key-of-the-east"},
                                   {"AZURE_OPENAI_DEPLOYMENTS", "gpt-4.1"}})
                        .dump());
  Driver azure(gateway);
  azure.chat(ask("gpt-4.1", false));
  azure.answer(0, 200, completion("One."));
  ASSERT_EQ(azure.records.size(), 1U);
  EXPECT_EQ(blob(azure.records[0], "provider"), "azure");
  EXPECT_EQ(blob(azure.records[0], "resource"), "east");
}

TEST_F(Records, AreOneForEachLegAlsoWhereOneFailed) {
  driver.chat(ask("alpha,gpt-4o,delta", true, {{"onellm", {{"merge", "choices"}}}}));
  driver.stream(0, speech("One."));
  driver.answer(1, 503, error_body("Busy", "overloaded_error"));
  driver.stream(2, role() + text("Three") + finish() + usage(8, 9) + kDone);
  ASSERT_EQ(driver.records.size(), 3U);
  int firsts = 0;
  for (const Json& one : driver.records) {
    EXPECT_EQ(blob(one, "merge"), "choices");
    EXPECT_EQ(number(one, "legs"), 3);
    if (blob(one, "first") == "yes") ++firsts;
  }
  EXPECT_EQ(firsts, 1);
  EXPECT_EQ(blob(record(1), "outcome"), "error");
  EXPECT_EQ(number(record(1), "status"), 503);
  EXPECT_EQ(number(record(2), "completion_tokens"), 9);
}

TEST_F(Records, TellOfALostRace) {
  driver.chat(ask("alpha,delta", true, {{"onellm", {{"merge", "race"}}}}));
  driver.head(1, 200);
  driver.wait(25);
  driver.stream(0, speech("First."));
  ASSERT_EQ(driver.records.size(), 2U);
  EXPECT_EQ(blob(record(0), "model_asked"), "delta");
  EXPECT_EQ(blob(record(0), "outcome"), "lost");
  EXPECT_EQ(blob(record(0), "usage"), "none");
  EXPECT_EQ(blob(record(0), "price_known"), "no") << "it may have cost something";
  EXPECT_EQ(number(record(0), "total_ms"), 25);
  EXPECT_EQ(blob(record(1), "outcome"), "ok");
}

TEST_F(Records, TellOfACutStream) {
  for (const char* model : {"gpt-4o", "alpha"}) {
    Driver cut(gateway);
    cut.chat(ask(model, true));
    cut.head(0, 200);
    cut.bytes(0, role() + text("Half an answer"));
    cut.fail(0);
    ASSERT_EQ(cut.records.size(), 1U) << model;
    EXPECT_EQ(blob(cut.records[0], "outcome"), "error") << model;
    EXPECT_EQ(blob(cut.records[0], "error_code"), "upstream_cut") << cut.records[0];
    EXPECT_EQ(blob(cut.records[0], "usage"), "estimated");
  }
}

TEST_F(Records, TellOfAnErrorInTheStream) {
  for (const char* model : {"gpt-4o", "alpha"}) {
    Driver failed(gateway);
    failed.chat(ask(model, true));
    failed.head(0, 200);
    failed.bytes(0, role() + text("Half an answer") + error_event("Busy", "server_error"));
    failed.end(0);
    ASSERT_EQ(failed.records.size(), 1U) << model;
    EXPECT_EQ(blob(failed.records[0], "outcome"), "error") << model;
    EXPECT_NE(blob(failed.records[0], "error_code"), "") << model;
    EXPECT_EQ(failed.reply.status, 200);
  }
}

TEST_F(Records, AreOneForARequestThatReachedNobody) {
  const auto only_record = [&](const char* line, const Headers& headers, const std::string& body) {
    Driver one(gateway);
    one.request(line, headers);
    if (one.body_wanted) one.send_body(body);
    if (one.body_wanted) one.end_body();
    EXPECT_EQ(one.calls(), 0U);
    EXPECT_EQ(one.records.size(), 1U) << line << one.transcript();
    const Json point = one.records.empty() ? Json() : one.records[0];
    EXPECT_EQ(number(point, "attempt"), 0);
    EXPECT_EQ(number(point, "status"), one.reply.status);
    EXPECT_EQ(blob(point, "provider"), "");
    EXPECT_EQ(blob(point, "model_served"), "");
    EXPECT_EQ(blob(point, "usage"), "none");
    EXPECT_EQ(blob(point, "first"), "yes");
    return point;
  };
  const char* chat = "POST /v1/chat/completions";
  const Json unknown = only_record(chat, with_key(), chat_request("no-such-model", false).dump());
  EXPECT_EQ(blob(unknown, "outcome"), "refused");
  EXPECT_EQ(blob(unknown, "error_code"), "model_not_found");
  EXPECT_EQ(blob(unknown, "model_asked"), "no-such-model");
  EXPECT_EQ(unknown["indexes"], Json({"master"}));

  const Json wrong_key = only_record(chat, {{"authorization", "Bearer wrong"}}, "");
  EXPECT_EQ(blob(wrong_key, "outcome"), "refused");
  EXPECT_EQ(blob(wrong_key, "error_code"), "invalid_api_key");
  EXPECT_EQ(wrong_key["indexes"], Json({""}));
  EXPECT_EQ(blob(wrong_key, "key_name"), "");

  EXPECT_EQ(blob(only_record(chat, with_key(), "{"), "outcome"), "refused");
  EXPECT_EQ(blob(only_record("GET /v1/models/echo", with_key(), ""), "outcome"), "ok");
  EXPECT_EQ(blob(only_record("GET /v1/models/none", with_key(), ""), "error_code"), "model_not_found");
}

TEST_F(Records, TellOfAClientThatLeftBeforeItsBodyCame) {
  driver.request("POST /v1/chat/completions");
  driver.wait(500);
  driver.client_gone();
  EXPECT_EQ(blob(record(), "outcome"), "client_gone");
  EXPECT_EQ(number(record(), "status"), 499);
  EXPECT_EQ(number(record(), "total_ms"), 500);
  EXPECT_EQ(number(record(), "overhead_ms"), 500);
}

TEST_F(Records, TellOfTheEchoAsOfAnyProvider) {
  driver.chat(ask("echo", true));
  EXPECT_EQ(blob(record(), "provider"), "echo");
  EXPECT_EQ(blob(record(), "outcome"), "ok");
  EXPECT_EQ(blob(record(), "price_known"), "yes");
  EXPECT_EQ(number(record(), "cost_usd"), 0);
  EXPECT_EQ(number(record(), "completion_tokens"), 1);
}

TEST_F(Records, AreOneForAListOfModels) {
  driver.request("GET /v1/models");
  for (size_t call = 0; call < driver.calls(); ++call) driver.fail(call);
  EXPECT_EQ(blob(record(), "route"), "/v1/models");
  EXPECT_EQ(blob(record(), "outcome"), "ok");
}

// Anybody can send these by the million.
TEST_F(Records, AreNotMadeOfWhatNeedsNoKey) {
  for (const char* line :
       {"OPTIONS /v1/chat/completions", "GET /healthz", "GET /nowhere", "GET /v1/chat/completions"}) {
    Driver one(gateway);
    one.request(line, {});
    EXPECT_TRUE(one.reply.ended);
    EXPECT_TRUE(one.records.empty()) << line;
  }
}

TEST_F(Records, NeedTheirBinding) {
  Configured without;
  Driver one(without);
  one.chat(ask("alpha", true)).stream(0, speech("One."));
  EXPECT_TRUE(one.reply.ended);
  EXPECT_TRUE(one.records.empty());
}

TEST_F(Records, BelieveNoCountryOrColoOfAnotherForm) {
  for (const auto& [country, ray] : std::vector<std::pair<std::string, std::string>>{
           {"Switzerland", "abc"}, {"c", "abc-zrh"}, {"\"}", "abc-ZRHX"}, {"", ""}}) {
    Driver one(gateway);
    one.request("GET /v1/models/echo", with_key({{"cf-ipcountry", country}, {"cf-ray", ray}}));
    ASSERT_EQ(one.records.size(), 1U);
    EXPECT_EQ(blob(one.records[0], "country"), "");
    EXPECT_EQ(blob(one.records[0], "colo"), "") << ray;
  }
}

}  // namespace
}  // namespace onellm::gateway::test
