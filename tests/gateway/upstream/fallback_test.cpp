// `a|b`: the next target is tried where the failure may be the last one's own, and never once content
// was seen.
#include <gtest/gtest.h>

#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/openai_wire.h"
#include "support/records.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

struct Fallback : ::testing::Test {
  // A stream that was asked of alpha, then of delta. Its first call fails by `fail_first`.
  template <typename FailFirst>
  void expect_moves_on(const FailFirst& fail_first) {
    for (const bool stream : {true, false}) {
      Driver driver(gateway);
      driver.chat(chat_request("alpha|delta", stream));
      ASSERT_EQ(driver.calls(), 1U) << "the second is called only when it is needed";
      fail_first(driver);
      ASSERT_EQ(driver.calls(), 2U) << driver.transcript();
      EXPECT_EQ(driver.reply.status, 0);
      EXPECT_EQ(driver.fetches[1].url, "POST https://mute.test/chat/completions");
      if (stream) driver.stream(1, speech("Second."));
      if (!stream) driver.answer(1, 200, completion("Second."));
      expect_answered_by_second(driver, stream);
    }
  }

  static void expect_answered_by_second(const Driver& driver, bool stream) {
    EXPECT_EQ(driver.reply.status, 200);
    EXPECT_EQ(driver.reply.header("x-onellm-provider"), "mute");
    EXPECT_EQ(driver.reply.header("x-onellm-attempts"), "2");
    EXPECT_EQ(driver.reply.header("x-onellm-upstream-status"), "200");
    const std::string said = stream ? read_stream(driver.reply.body).choices.at(0).content
                                    : driver.reply.json()["choices"][0]["message"]["content"].get<std::string>();
    EXPECT_EQ(said, "Second.");
  }

  // Nothing but the first call is made.
  template <typename FailFirst>
  void expect_stays(int status, const FailFirst& fail_first) {
    for (const bool stream : {true, false}) {
      Driver driver(gateway);
      driver.chat(chat_request("alpha|delta", stream));
      fail_first(driver);
      EXPECT_EQ(driver.calls(), 1U) << driver.transcript();
      EXPECT_EQ(driver.reply.status, status);
      EXPECT_TRUE(driver.reply.ended);
    }
  }

  Configured gateway;
};

TEST_F(Fallback, FollowsAFailedConnection) {
  expect_moves_on([](Driver& driver) { driver.fail(0); });
}

TEST_F(Fallback, FollowsRateLimitsAndServerErrors) {
  for (const int status : {408, 429, 500, 502, 503, 529}) {
    expect_moves_on([status](Driver& driver) { driver.answer(0, status, error_body("No", "x"), {}); });
  }
}

TEST_F(Fallback, FollowsAServerErrorWithoutABody) {
  expect_moves_on([](Driver& driver) { driver.head(0, 503, {}), driver.end(0); });
  expect_moves_on([](Driver& driver) { driver.head(0, 503, {}), driver.fail(0); });
}

TEST_F(Fallback, FollowsAnErrorInsteadOfAnAnswer) {
  expect_moves_on([](Driver& driver) { driver.stream(0, error_body("Busy", "server_error", "overloaded")); });
  expect_moves_on([](Driver& driver) { driver.stream(0, "<html>oops</html>"); });
}

TEST_F(Fallback, FollowsAnErrorInTheFirstEvent) {
  for (const std::string& before : {std::string(), role()}) {
    Driver driver(gateway);
    driver.chat(chat_request("alpha|delta", true));
    driver.head(0, 200);
    driver.bytes(0, before);
    driver.bytes(0, error_event("Busy", "server_error", "overloaded"));
    ASSERT_EQ(driver.calls(), 2U);
    EXPECT_EQ(driver.fetches[0].aborts, 1) << "the failed call is cancelled";
    driver.stream(1, speech("Second."));
    expect_answered_by_second(driver, true);
  }
}

// Labels and empty values beside the role, as Azure, Groq and OpenRouter send them, are no content yet.
TEST_F(Fallback, FollowsAnErrorBehindARoleThatSaysMore) {
  Json azure = chunk({{"role", "assistant"}, {"content", ""}});
  azure["choices"][0]["content_filter_results"] = Json::object();
  const Json groq = chunk({{"role", "assistant"}, {"channel", "analysis"}});
  const Json router =
      chunk({{"role", "assistant"}, {"content", ""}, {"reasoning_details", Json::array()}, {"annotations", {}}});
  for (const Json& before : {azure, groq, router}) {
    for (const char* model : {"alpha|delta", "gpt-4o|delta"}) {
      Driver driver(gateway);
      driver.chat(chat_request(model, true, {{"stream_options", {{"include_usage", true}}}}));
      driver.head(0, 200);
      driver.bytes(0, sse(before));
      driver.bytes(0, error_event("Busy", "server_error", "overloaded"));
      ASSERT_EQ(driver.calls(), 2U) << model << before;
      driver.stream(1, speech("Second."));
      expect_answered_by_second(driver, true);
      EXPECT_EQ(driver.reply.body.find("channel"), std::string::npos) << driver.reply.body;
    }
  }
}

// Sound comes in a member that the canonical answer does not know, and is one all the same.
TEST_F(Fallback, DoesNotFollowSound) {
  Driver driver(gateway);
  driver.chat(chat_request("alpha|delta", true));
  driver.head(0, 200);
  driver.bytes(0, sse(chunk({{"role", "assistant"}, {"audio", {{"id", "a"}, {"data", "AAAA"}}}})));
  driver.bytes(0, error_event("Busy", "server_error", "overloaded"));
  EXPECT_EQ(driver.calls(), 1U);
}

TEST_F(Fallback, FollowsASilentUpstream) {
  gateway.configure(
      settings_with({{"ONELLM_CONNECT_TIMEOUT_MS", 1000}, {"ONELLM_FIRST_TOKEN_TIMEOUT_MS", 1000}}).dump());
  expect_moves_on([](Driver& driver) {
    driver.wait(1000);
    EXPECT_EQ(driver.fetches[0].aborts, 1);
  });
  expect_moves_on([](Driver& driver) {
    driver.head(0, 200);
    driver.wait(1000);
    EXPECT_EQ(driver.fetches[0].aborts, 1);
  });
}

// What the first lacks is no mistake of the client's, whose own key was good, and the second has its own.
TEST_F(Fallback, FollowsAKeyAPermissionOrAModelThatIsMissing) {
  for (const int status : {401, 402, 403, 404}) {
    expect_moves_on([status](Driver& driver) { driver.answer(0, status, error_body("No", "x"), {}); });
  }
  expect_moves_on([](Driver& driver) {
    driver.answer(0, 404, error_body("No such model", "invalid_request_error", "model_not_found"), {});
  });
}

TEST_F(Fallback, DoesNotFollowTheClientsOwnMistakes) {
  for (const int status : {400, 409, 413, 422}) {
    expect_stays(status, [status](Driver& driver) { driver.answer(0, status, error_body("No", "x"), {}); });
  }
}

TEST_F(Fallback, DoesNotFollowContent) {
  Driver driver(gateway);
  driver.chat(chat_request("alpha|delta", true));
  driver.head(0, 200);
  driver.bytes(0, role() + text("Half"));
  driver.bytes(0, error_event("Busy", "server_error", "overloaded"));
  EXPECT_EQ(driver.calls(), 1U);
  EXPECT_EQ(read_stream(driver.reply.body).error["message"], "Busy");
}

TEST_F(Fallback, DoesNotFollowContentInTheNativeLane) {
  Driver driver(gateway);
  Json body = chat_request("gpt-4o|gamma", true);
  body["stream_options"] = {{"include_usage", true}};
  driver.chat(body);
  driver.head(0, 200);
  driver.bytes(0, role() + text("Half"));
  driver.fail(0);
  EXPECT_EQ(driver.calls(), 1U);
  EXPECT_EQ(read_stream(driver.reply.body).error["code"], "upstream_cut");
}

TEST_F(Fallback, MayBeTheEcho) {
  for (const bool stream : {true, false}) {
    Driver driver(gateway);
    driver.chat(chat_request("alpha|echo", stream));
    driver.fail(0);
    EXPECT_EQ(driver.reply.status, 200);
    EXPECT_EQ(driver.reply.header("x-onellm-provider"), "echo");
    EXPECT_EQ(driver.reply.header("x-onellm-upstream-status"), "(absent)");
    EXPECT_NE(driver.reply.body.find("Hi"), std::string::npos);
  }
}

TEST_F(Fallback, EndsWithTheLastTargetsError) {
  Driver driver(gateway);
  driver.chat(chat_request("alpha|delta|gpt-4o", false));
  driver.answer(0, 500, error_body("first", "x"), {});
  driver.answer(1, 503, error_body("second", "x"), {{"retry-after", "1"}});
  driver.answer(2, 429, error_body("third", "requests", "rate_limit_exceeded"), {{"retry-after", "7"}});
  EXPECT_EQ(driver.calls(), 3U);
  EXPECT_EQ(driver.reply.status, 429);
  EXPECT_EQ(driver.reply.error("message"), "third");
  EXPECT_EQ(driver.reply.header("retry-after"), "7");
  EXPECT_EQ(driver.reply.header("x-onellm-attempts"), "3");
  EXPECT_EQ(driver.reply.header("x-onellm-provider"), "openai");
}

TEST_F(Fallback, SendsEachTargetItsOwnModelAndKey) {
  Driver driver(gateway);
  driver.chat(chat_request("org/beta|openai/gpt-4o", false));
  driver.fail(0);
  ASSERT_EQ(driver.calls(), 2U);
  EXPECT_EQ(Json::parse(driver.fetches[0].body)["model"], "org/beta");
  EXPECT_EQ(Json::parse(driver.fetches[1].body)["model"], "gpt-4o");
  EXPECT_EQ(driver.fetches[0].headers["authorization"], std::string("Bearer ") + kHostKey);
  EXPECT_EQ(driver.fetches[1].headers["authorization"], std::string("Bearer ") + kUpstreamKey);
}

TEST_F(Fallback, CountsAsNoFailureWhenItAnswers) {
  Configured with_analytics(settings_with({{"bindings", {"ONELLM_ANALYTICS"}}}));
  Driver driver(with_analytics);
  driver.chat(chat_request("alpha|delta", false));
  driver.fail(0);
  driver.answer(1, 200, completion("Second."));
  ASSERT_EQ(driver.records.size(), 2U);
  EXPECT_EQ(blob(driver.records[0], "outcome"), "error");
  EXPECT_EQ(blob(driver.records[1], "outcome"), "ok") << driver.records[1];
  EXPECT_EQ(number(driver.records[1], "status"), 200);
}

// --- and then one of them once more ---

void refuse(Driver& driver, size_t call, int status, const Headers& headers = {}, const Json& code = nullptr) {
  driver.answer(call, status, error_body("No", "x", code), headers);
}

struct FallbackWithRetries : ::testing::Test {
  Configured gateway{settings_with({{"ONELLM_RETRIES", 2}})};
  Driver driver{gateway};
};

TEST_F(FallbackWithRetries, AsksEveryTargetWithoutWaitingAndThenTheLastAgain) {
  driver.chat(chat_request("alpha|delta", false));
  refuse(driver, 0, 503, {{"retry-after", "1"}});
  ASSERT_EQ(driver.calls(), 2U) << "at once";
  refuse(driver, 1, 503);
  EXPECT_EQ(driver.calls(), 2U);
  driver.wait(500);
  ASSERT_EQ(driver.calls(), 3U) << driver.transcript();
  EXPECT_EQ(driver.fetches[2].url, driver.fetches[1].url);
  driver.answer(2, 200, completion("Again."));
  EXPECT_EQ(driver.reply.header("x-onellm-attempts"), "3");
  EXPECT_EQ(driver.reply.header("x-onellm-provider"), "mute");
}

TEST_F(FallbackWithRetries, GoesBackToTheLastWhoseFailureMayHavePassed) {
  driver.chat(chat_request("alpha|delta", false));
  refuse(driver, 0, 503, {{"retry-after", "1"}});
  refuse(driver, 1, 429, {}, "insufficient_quota");
  driver.wait(999);
  ASSERT_EQ(driver.calls(), 2U);
  driver.wait(1);
  ASSERT_EQ(driver.calls(), 3U);
  EXPECT_EQ(driver.fetches[2].url, driver.fetches[0].url);
  refuse(driver, 2, 429, {}, "insufficient_quota");
  EXPECT_EQ(driver.reply.status, 429) << "nobody is left";
  EXPECT_EQ(driver.reply.header("x-onellm-attempts"), "3");
  EXPECT_EQ(driver.reply.header("x-onellm-provider"), "host");
}

TEST_F(FallbackWithRetries, GoesBackFromAKeyThatIsRefused) {
  driver.chat(chat_request("alpha|delta", false));
  refuse(driver, 0, 503);
  refuse(driver, 1, 401);
  driver.wait(500);
  ASSERT_EQ(driver.calls(), 3U) << driver.transcript();
  EXPECT_EQ(driver.fetches[2].url, driver.fetches[0].url) << "to the one that may be well again";
  driver.answer(2, 200, completion("Again."));
  EXPECT_EQ(driver.reply.header("x-onellm-attempts"), "3");
  EXPECT_EQ(driver.reply.header("x-onellm-provider"), "host");
  EXPECT_EQ(driver.reply.header("x-onellm-upstream-status"), "200");
}

TEST_F(FallbackWithRetries, FollowsALongRetryAfterAtOnce) {
  driver.chat(chat_request("alpha|delta", false));
  refuse(driver, 0, 429, {{"retry-after", "60"}});
  ASSERT_EQ(driver.calls(), 2U);
  driver.answer(1, 200, completion("Second."));
  EXPECT_EQ(driver.reply.status, 200);
  EXPECT_EQ(driver.reply.header("retry-after"), "(absent)") << "of the target that answered";
}

TEST_F(FallbackWithRetries, FollowsXShouldRetryToOthersAlone) {
  driver.chat(chat_request("alpha|delta", false));
  refuse(driver, 0, 503, {{"x-should-retry", "false"}});
  refuse(driver, 1, 503, {{"x-should-retry", "false"}});
  EXPECT_EQ(driver.calls(), 2U);
  EXPECT_EQ(driver.reply.status, 503);
  EXPECT_EQ(driver.reply.header("x-should-retry"), "false");
}

TEST_F(FallbackWithRetries, HoldsUpNoOtherLeg) {
  driver.chat(chat_request("alpha,delta", true));
  refuse(driver, 0, 503);
  driver.stream(1, speech("Second."));
  EXPECT_FALSE(driver.reply.ended);
  driver.wait(500);
  driver.stream(2, speech("First."));
  const Stream stream = read_stream(driver.reply.body);
  EXPECT_EQ(stream.choices.at(0).content, "First.\n\nSecond.");
  EXPECT_EQ(stream.onellm["legs"][0]["attempts"], 2);
  EXPECT_EQ(stream.onellm["legs"][1]["attempts"], 1);
}

TEST_F(FallbackWithRetries, EndsWhenARaceIsWon) {
  driver.chat(chat_request("alpha,delta", true, {{"onellm", {{"merge", "race"}}}}));
  refuse(driver, 0, 503);
  driver.stream(1, speech("Won."));
  EXPECT_TRUE(driver.reply.ended);
  driver.wait(10'000);
  EXPECT_EQ(driver.calls(), 2U);
}

}  // namespace
}  // namespace onellm::gateway::test
