// The same target asked again: after which failures, after how long, how often, and never once content
// was seen. By a clock that only the test moves.
#include <gtest/gtest.h>

#include <set>

#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/openai_wire.h"
#include "support/records.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

constexpr double kLongestWaitMs = 2000;
// As if the setting were not there.
const Json kByDefault = settings_with({{"ONELLM_RETRIES", nullptr}});

Json ask(const std::string& model, bool stream) {
  return chat_request(model, stream, stream ? Json{{"stream_options", {{"include_usage", true}}}} : Json::object());
}

void refuse(Driver& driver, size_t call, int status, const Headers& headers = {}, const Json& code = nullptr) {
  driver.answer(call, status, error_body("No", "x", code), headers);
}

void speak(Driver& driver, size_t call, bool stream) {
  if (stream) driver.stream(call, speech("Again."));
  if (!stream) driver.answer(call, 200, completion("Again."));
}

// How long it takes from now until the next call is made.
double wait_for_call(Driver& driver) {
  const size_t calls = driver.calls();
  const double from_ms = driver.now_ms;
  while (driver.calls() == calls && driver.now_ms - from_ms <= 2 * kLongestWaitMs) driver.wait(1);
  EXPECT_EQ(driver.calls(), calls + 1) << driver.transcript();
  return driver.now_ms - from_ms;
}

struct Retries : ::testing::TestWithParam<const char*> {
  // A reply and a stream whose first call fails by `fail_first`.
  template <typename FailFirst>
  void expect_retried(const FailFirst& fail_first) {
    for (const bool stream : {true, false}) {
      Driver driver(gateway);
      driver.chat(ask(GetParam(), stream));
      fail_first(driver);
      EXPECT_EQ(driver.calls(), 1U) << "there is a wait before";
      EXPECT_EQ(driver.reply.status, 0) << driver.reply.body;
      driver.wait(kLongestWaitMs);
      ASSERT_EQ(driver.calls(), 2U) << driver.transcript();
      speak(driver, 1, stream);
      EXPECT_EQ(driver.reply.status, 200);
      EXPECT_EQ(driver.reply.header("x-onellm-attempts"), "2");
      EXPECT_EQ(driver.reply.header("x-onellm-upstream-status"), "200");
      EXPECT_NE(driver.reply.body.find("Again."), std::string::npos);
      EXPECT_TRUE(driver.reply.ended);
    }
  }

  // It reaches the client at once.
  void expect_final(int status, const Headers& headers = {}, const Json& code = nullptr) {
    for (const bool stream : {true, false}) {
      Driver driver(gateway);
      driver.chat(ask(GetParam(), stream));
      refuse(driver, 0, status, headers, code);
      EXPECT_TRUE(driver.reply.ended) << status << driver.transcript();
      EXPECT_EQ(driver.reply.status, status);
      EXPECT_EQ(driver.reply.header("x-onellm-attempts"), "1");
      EXPECT_EQ(driver.calls(), 1U);
    }
  }

  Configured gateway{kByDefault};
};

TEST_P(Retries, FollowStatusesThatPass) {
  for (const int status : {408, 429, 500, 502, 503, 504, 529}) {
    expect_retried([status](Driver& driver) { refuse(driver, 0, status); });
  }
}

TEST_P(Retries, FollowLostConnections) {
  expect_retried([](Driver& driver) { driver.fail(0); });
  expect_retried([](Driver& driver) { driver.head(0, 503, {}), driver.fail(0); });
  expect_retried([](Driver& driver) { driver.head(0, 200), driver.fail(0); });
}

TEST_P(Retries, FollowAnErrorInsideA200) {
  Driver driver(gateway);
  driver.chat(ask(GetParam(), true));
  driver.head(0, 200);
  driver.bytes(0, role() + error_event("Busy", "server_error", "overloaded"));
  EXPECT_EQ(driver.fetches[0].aborts, 1);
  EXPECT_EQ(driver.reply.status, 0);
  wait_for_call(driver);
  driver.stream(1, speech("Again."));
  EXPECT_EQ(read_stream(driver.reply.body).choices.at(0).content, "Again.");

  Driver whole(gateway);
  whole.chat(ask(GetParam(), false));
  whole.answer(0, 200, error_body("Busy", "server_error", "overloaded"));
  wait_for_call(whole);
  whole.answer(1, 200, completion("Again."));
  EXPECT_EQ(whole.reply.status, 200);
}

TEST_P(Retries, DoNotFollowWhatWouldNotPass) {
  for (const int status : {400, 401, 403, 404, 409, 413, 422, 501}) expect_final(status);
  expect_final(429, {}, "insufficient_quota");
  expect_final(429, {}, "billing_hard_limit_reached");
}

TEST_P(Retries, DoNotFollowContent) {
  Driver driver(gateway);
  driver.chat(ask(GetParam(), true));
  driver.head(0, 200);
  driver.bytes(0, role() + text("Half"));
  driver.fail(0);
  driver.wait(10 * kLongestWaitMs);
  EXPECT_EQ(driver.calls(), 1U);
  EXPECT_EQ(read_stream(driver.reply.body).error["code"], "upstream_cut");
}

TEST_P(Retries, DoNotFollowADeadlineOfOurs) {
  gateway.configure(settings_with({{"ONELLM_RETRIES", nullptr}, {"ONELLM_CONNECT_TIMEOUT_MS", 1000}}).dump());
  Driver driver(gateway);
  driver.chat(ask(GetParam(), false));
  driver.wait(1000);
  EXPECT_EQ(driver.reply.status, 504);
  EXPECT_EQ(driver.calls(), 1U);
}

TEST_P(Retries, EndWithTheLastError) {
  Driver driver(gateway);
  driver.chat(ask(GetParam(), false));
  refuse(driver, 0, 503);
  wait_for_call(driver);
  refuse(driver, 1, 500);
  wait_for_call(driver);
  refuse(driver, 2, 429, {{"retry-after", "1"}}, "rate_limit_exceeded");
  EXPECT_TRUE(driver.reply.ended) << "no wait after the last";
  EXPECT_EQ(driver.reply.status, 429);
  EXPECT_EQ(driver.reply.header("x-onellm-attempts"), "3");
  EXPECT_EQ(driver.reply.header("retry-after"), "1");
  EXPECT_EQ(driver.reply.error("code"), "rate_limit_exceeded");
}

TEST_P(Retries, EndWithAFailureThatDoesNotPass) {
  Driver driver(gateway);
  driver.chat(ask(GetParam(), false));
  refuse(driver, 0, 503);
  wait_for_call(driver);
  refuse(driver, 1, 401);
  EXPECT_EQ(driver.reply.status, 401);
}

TEST_P(Retries, AreAsManyAsTheSettingSays) {
  for (const size_t retries : {0U, 1U, 5U}) {
    gateway.configure(settings_with({{"ONELLM_RETRIES", std::to_string(retries)}}).dump());
    Driver driver(gateway);
    driver.chat(ask(GetParam(), false));
    for (size_t call = 0; call < retries; ++call) {
      refuse(driver, call, 503);
      wait_for_call(driver);
    }
    refuse(driver, retries, 503);
    EXPECT_EQ(driver.reply.status, 503);
    EXPECT_EQ(driver.calls(), retries + 1);
  }
}

TEST_P(Retries, WaitLongerEachTimeAndNeverAllAtOnce) {
  gateway.configure(settings_with({{"ONELLM_RETRIES", 5}}).dump());
  std::set<double> first_waits;
  for (uint32_t seed = 1; seed <= 8; ++seed) {
    Driver driver(gateway, {seed, 2, 3, 4});
    driver.chat(ask(GetParam(), false));
    size_t call = 0;
    for (const double most_ms : {500, 1000, 2000, 2000, 2000}) {
      refuse(driver, call++, 503);
      const double wait_ms = wait_for_call(driver);
      EXPECT_GE(wait_ms, most_ms / 2);
      EXPECT_LE(wait_ms, most_ms);
      if (call == 1) first_waits.insert(wait_ms);
    }
  }
  EXPECT_GE(first_waits.size(), 6U) << "not spread";
}

TEST_P(Retries, WaitAsLongAsTheReplyAsks) {
  const std::pair<Headers, double> cases[] = {{{{"retry-after", "1"}}, 1000},
                                              {{{"retry-after", "2"}}, 2000},
                                              {{{"retry-after-ms", "20"}, {"retry-after", "1"}}, 20},
                                              {{{"retry-after", "Tue, 14 Nov 2023 22:13:22 GMT"}}, 2000}};
  for (const auto& [headers, ms] : cases) {
    Driver driver(gateway);
    driver.chat(ask(GetParam(), false));
    refuse(driver, 0, 429, headers);
    EXPECT_EQ(wait_for_call(driver), ms);
  }
}

TEST_P(Retries, LeaveALongerWaitToTheClient) {
  expect_final(429, {{"retry-after", "3"}});
  expect_final(503, {{"retry-after-ms", "2500"}});
  Driver driver(gateway);
  driver.chat(ask(GetParam(), true));
  refuse(driver, 0, 429, {{"retry-after", "3"}});
  EXPECT_EQ(driver.reply.header("retry-after"), "3");
}

TEST_P(Retries, ObeyXShouldRetry) {
  expect_final(503, {{"x-should-retry", "false"}});
  expect_retried([](Driver& driver) { refuse(driver, 0, 400, {{"x-should-retry", "true"}}); });
}

TEST_P(Retries, AreNotBegunWhereTheWaitWouldOutlastTheDeadline) {
  gateway.configure(settings_with({{"ONELLM_RETRIES", 2}, {"ONELLM_TOTAL_TIMEOUT_MS", 3000}}).dump());
  Driver driver(gateway);
  driver.chat(ask(GetParam(), false));
  driver.wait(1500);
  refuse(driver, 0, 503, {{"retry-after", "1.5"}});
  EXPECT_EQ(driver.reply.status, 503) << driver.transcript();
  EXPECT_EQ(driver.reply.header("retry-after"), "1.5");

  Driver sooner(gateway);
  sooner.chat(ask(GetParam(), false));
  sooner.wait(1499);
  refuse(sooner, 0, 503, {{"retry-after", "1.5"}});
  EXPECT_EQ(wait_for_call(sooner), 1500);
}

TEST_P(Retries, SendTheSameRequest) {
  const std::string words(100'000, 'w');
  Json body = ask(GetParam(), true);
  body["messages"][0]["content"] = words;
  Driver driver(gateway);
  driver.chat(body, with_key({{"idempotency-key", "once"}}));
  driver.fail(0);
  wait_for_call(driver);
  driver.head(1, 200);
  driver.bytes(1, role() + error_event("Busy", "server_error", "overloaded"));
  wait_for_call(driver);
  EXPECT_NE(driver.fetches[0].body.find(words), std::string::npos);
  for (const size_t retry : {1U, 2U}) {
    EXPECT_TRUE(driver.fetches[retry].body == driver.fetches[0].body);
    EXPECT_EQ(driver.fetches[retry].url, driver.fetches[0].url);
    EXPECT_EQ(driver.fetches[retry].headers, driver.fetches[0].headers);
    EXPECT_EQ(driver.fetches[retry].headers["idempotency-key"], "once");
  }
}

TEST_P(Retries, BeginTheAccountAnew) {
  gateway.configure(settings_with({{"ONELLM_RETRIES", 1}, {"bindings", {"ONELLM_ANALYTICS"}}}).dump());
  Driver driver(gateway);
  driver.chat(ask(GetParam(), true));
  driver.head(0, 200);
  driver.bytes(0, usage(700, 800) + error_event("Busy", "server_error", "overloaded"));
  wait_for_call(driver);
  driver.stream(1, role() + text("Again.") + finish() + kDone);
  ASSERT_EQ(driver.records.size(), 2U);
  EXPECT_EQ(number(driver.records[0], "prompt_tokens"), 700);
  EXPECT_LT(number(driver.records[1], "prompt_tokens"), 700) << driver.records[1];
  EXPECT_EQ(number(driver.records[1], "attempt"), 2);
}

TEST_P(Retries, StopWhenTheClientGoes) {
  Driver driver(gateway);
  driver.chat(ask(GetParam(), true));
  driver.fail(0);
  driver.client_gone();
  driver.wait(10 * kLongestWaitMs);
  EXPECT_EQ(driver.calls(), 1U) << driver.transcript();
}

INSTANTIATE_TEST_SUITE_P(InBothLanes, Retries, ::testing::Values("gpt-4o", "alpha"),
                         [](const auto& lane) { return lane.index == 0 ? "Native" : "Translated"; });

// https://cloud.google.com/apis/design/errors#error_payloads
TEST(RetriesOfGemini, ObeyTheWaitInTheErrorItself) {
  Configured gateway(settings_with({{"ONELLM_RETRIES", 2}, {"GEMINI_API_KEY", "key-of-gemini"}}));
  const auto exhausted = [](const char* delay) {
    const Json retry_info = {{"@type", "type.googleapis.com/google.rpc.RetryInfo"}, {"retryDelay", delay}};
    return Json{
        {"error", {{"code", 429}, {"message", "No"}, {"status", "RESOURCE_EXHAUSTED"}, {"details", {retry_info}}}}}
        .dump();
  };
  Driver driver(gateway);
  driver.chat(ask("gemini-flash-latest", false));
  driver.answer(0, 429, exhausted("1s"));
  EXPECT_EQ(wait_for_call(driver), 1000);
  driver.answer(1, 429, exhausted("34.4s"));
  EXPECT_EQ(driver.reply.status, 429);
  EXPECT_EQ(driver.reply.header("retry-after"), "35");
}

TEST(RetriesOfCompatibleHosts, ObeyTheWaitInTheErrorItself) {
  Configured gateway(settings_with({{"ONELLM_RETRIES", 2}}));
  const auto exhausted = [](const char* delay) {
    const Json retry_info = {{"@type", "type.googleapis.com/google.rpc.RetryInfo"}, {"retryDelay", delay}};
    const Json error = {{"code", 429}, {"message", "No"}, {"status", "RESOURCE_EXHAUSTED"}, {"details", {retry_info}}};
    return Json::array({{{"error", error}}}).dump();
  };
  Driver driver(gateway);
  driver.chat(ask("alpha", false));
  driver.answer(0, 429, exhausted("1s"));
  EXPECT_EQ(wait_for_call(driver), 1000);
  driver.answer(1, 429, exhausted("12s"));
  EXPECT_EQ(driver.reply.status, 429);
  EXPECT_EQ(driver.reply.header("retry-after"), "12");
}

}  // namespace
}  // namespace onellm::gateway::test
