// Several targets and several failures: which of them the client is told, and who is asked again.
#include <gtest/gtest.h>

#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/openai_wire.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

struct Failure {
  int status;
  Headers headers = {};
  Json code = nullptr;
};

void refuse(Driver& driver, size_t call, const Failure& failure) {
  driver.answer(call, failure.status, error_body("Call " + std::to_string(call), "x", failure.code), failure.headers);
}

const Json kPlaces = {{"AZURE_OPENAI_API_KEYS", "east:key-of-east;west:key-of-west;north:key-of-north"},
                      {"AZURE_OPENAI_DEPLOYMENTS", "both;both;both"},
                      {"AZURE_OPENAI_API_BASE", "https://{resource}.test"}};

Json places_with(const Json& more) {
  Json all = settings_with(kPlaces);
  all.update(more);
  return all;
}

// --- what the client is told ---

// A client that asks without retries, and whose calls fail one after the other.
Reply told_of(const std::string& model, const std::vector<Failure>& failures, bool stream = false) {
  Configured gateway(settings_with(kPlaces));
  Driver driver(gateway);
  driver.chat(chat_request(model, stream));
  for (size_t call = 0; call < failures.size(); ++call) refuse(driver, call, failures[call]);
  EXPECT_TRUE(driver.reply.ended) << driver.transcript();
  EXPECT_EQ(driver.calls(), failures.size());
  return driver.reply;
}

TEST(MostHopeful, IsARateLimitBeforeAKeyThatIsRefused) {
  for (const bool stream : {true, false}) {
    const Reply reply = told_of("alpha|delta", {{429, {{"retry-after", "20"}}}, {401}}, stream);
    EXPECT_EQ(reply.status, 429);
    EXPECT_EQ(reply.error("message"), "Call 0");
    EXPECT_EQ(reply.header("retry-after"), "20");
    EXPECT_EQ(reply.header("x-onellm-provider"), "host");
    EXPECT_EQ(reply.header("x-onellm-model"), "alpha");
    EXPECT_EQ(reply.header("x-onellm-upstream-status"), "429");
    EXPECT_EQ(reply.header("x-onellm-attempts"), "2");
  }
}

TEST(MostHopeful, IsChosenAmongThePlacesOfAModel) {
  const Reply reply = told_of("both", {{429, {{"retry-after", "60"}}}, {401}, {404}});
  EXPECT_EQ(reply.status, 429);
  EXPECT_EQ(reply.header("retry-after"), "60");
  EXPECT_EQ(reply.header("x-onellm-attempts"), "3");
}

TEST(MostHopeful, IsWhatMayPassBeforeWhatWillNot) {
  EXPECT_EQ(told_of("alpha|delta", {{503}, {401}}).status, 503);
  EXPECT_EQ(told_of("alpha|delta", {{501}, {404}}).status, 501);
  EXPECT_EQ(told_of("alpha|delta", {{503}, {429, {}, "insufficient_quota"}}).status, 503);
  EXPECT_EQ(told_of("alpha|delta", {{429}, {503}}).status, 429);
  EXPECT_EQ(told_of("alpha|delta", {{529}, {500}}).error("code"), "overloaded");
  EXPECT_EQ(told_of("alpha|delta", {{401}, {429}}).status, 429);
}

TEST(MostHopeful, OfEqualsIsTheLast) {
  EXPECT_EQ(told_of("alpha|delta", {{401}, {403}}).status, 403);
  EXPECT_EQ(told_of("alpha|delta", {{500}, {503}}).error("message"), "Call 1");
  EXPECT_EQ(told_of("alpha|delta|gpt-4o", {{500}, {503}, {404}}).error("message"), "Call 1");
}

TEST(MostHopeful, OfALegIsToldBesideTheOthers) {
  Configured gateway;
  Driver driver(gateway);
  driver.chat(chat_request("alpha|delta,gpt-4o", false));
  driver.answer(1, 200, completion("Second."));
  refuse(driver, 0, {429});
  refuse(driver, 2, {401});
  const Json leg = driver.reply.json()["onellm"]["legs"][0];
  EXPECT_EQ(leg["provider"], "host");
  EXPECT_EQ(leg["status"], 429);
  EXPECT_EQ(leg["upstream_status"], 429);
  EXPECT_EQ(leg["attempts"], 2);
}

TEST(MostHopeful, IsNoneOnceTheRequestItselfIsRefused) {
  EXPECT_EQ(told_of("alpha|delta", {{401}, {400}}).status, 400);
  EXPECT_EQ(told_of("both", {{503}, {400}}).status, 400) << "the same model would say the same elsewhere";
}

// --- a fallback that refuses what the first may take ---

TEST(RefusalOfAFallback, EndsNothingWhileAnotherModelMayAnswer) {
  Configured gateway(settings_with({{"ONELLM_RETRIES", 1}}));
  Driver driver(gateway);
  driver.chat(chat_request("alpha|delta", false));
  refuse(driver, 0, {503});
  refuse(driver, 1, {400, {}, "context_length_exceeded"});
  EXPECT_FALSE(driver.reply.ended);
  driver.wait(500);
  ASSERT_EQ(driver.calls(), 3U) << driver.transcript();
  EXPECT_EQ(driver.fetches[2].url, driver.fetches[0].url);
  driver.answer(2, 200, completion("First."));
  EXPECT_EQ(driver.reply.status, 200);
}

TEST(RefusalOfAFallback, IsNotToldWhereTheFirstMayAnswerLater) {
  EXPECT_EQ(told_of("alpha|delta", {{503}, {400}}).status, 503);
  const Reply reply = told_of("alpha|delta", {{429, {{"retry-after", "60"}}}, {400}});
  EXPECT_EQ(reply.status, 429);
  EXPECT_EQ(reply.header("retry-after"), "60");
}

TEST(RefusalOfAFallback, IsFinalWhenAllModelsAgree) {
  Configured gateway(settings_with({{"ONELLM_RETRIES", 2}}));
  Driver driver(gateway);
  driver.chat(chat_request("alpha|delta", false));
  refuse(driver, 0, {503});
  refuse(driver, 1, {400});
  driver.wait(500);
  refuse(driver, 2, {422});
  EXPECT_EQ(driver.reply.status, 422);
  EXPECT_EQ(driver.reply.header("x-onellm-attempts"), "3");
}

// --- who is asked again, and when ---

TEST(RetryOfAnother, IsMadeWhereTheFirstChoiceWouldTakeTooLong) {
  Configured gateway(places_with({{"ONELLM_RETRIES", 2}, {"ONELLM_TOTAL_TIMEOUT_MS", 1500}}));
  Driver driver(gateway);
  driver.chat(chat_request("both", false));
  refuse(driver, 0, {429, {{"retry-after", "2"}}});
  refuse(driver, 1, {503});
  refuse(driver, 2, {503});
  EXPECT_FALSE(driver.reply.ended);
  driver.wait(500);
  ASSERT_EQ(driver.calls(), 4U) << driver.transcript();
  EXPECT_EQ(driver.fetches[3].url, driver.fetches[1].url);
}

TEST(RetryOfAnother, GoesBackToAnEarlierModelWhereTheLastWouldTakeTooLong) {
  Configured gateway(settings_with({{"ONELLM_RETRIES", 2}, {"ONELLM_TOTAL_TIMEOUT_MS", 1500}}));
  Driver driver(gateway);
  driver.chat(chat_request("alpha|delta", false));
  refuse(driver, 0, {503});
  refuse(driver, 1, {429, {{"retry-after", "2"}}});
  driver.wait(500);
  ASSERT_EQ(driver.calls(), 3U) << driver.transcript();
  EXPECT_EQ(driver.fetches[2].url, driver.fetches[0].url);
}

// When alpha is asked again that named 2 s, if the fallback takes `ms` to fail.
double retry_of_alpha_ms(double ms) {
  Configured gateway(settings_with({{"ONELLM_RETRIES", 1}}));
  Driver driver(gateway);
  driver.chat(chat_request("alpha|delta", false));
  refuse(driver, 0, {503, {{"retry-after", "2"}}});
  driver.wait(ms);
  refuse(driver, 1, {401});
  while (driver.calls() < 3 && driver.now_ms < kStartMs + ms + 5000) driver.wait(1);
  return driver.now_ms - kStartMs;
}

TEST(RetryOfAnother, CountsItsWaitFromItsOwnFailure) {
  EXPECT_EQ(retry_of_alpha_ms(0), 2000);
  EXPECT_EQ(retry_of_alpha_ms(1000), 2000);
  const double late_ms = retry_of_alpha_ms(10'000) - 10'000;
  EXPECT_GE(late_ms, 250) << "it is never hammered";
  EXPECT_LE(late_ms, 500);
}

// --- a key of the client for one body ---

TEST(IdempotencyKey, GoesToTheFirstTargetAndItsRetriesAlone) {
  Configured gateway(settings_with({{"ONELLM_RETRIES", 1}}));
  Driver driver(gateway);
  driver.chat(chat_request("alpha|org/beta", false), with_key({{"idempotency-key", "once"}}));
  refuse(driver, 0, {503});
  refuse(driver, 1, {401});
  driver.wait(500);
  ASSERT_EQ(driver.calls(), 3U);
  EXPECT_EQ(driver.fetches[0].headers.count("idempotency-key"), 1U);
  EXPECT_EQ(driver.fetches[1].headers.count("idempotency-key"), 0U) << "its body is another";
  EXPECT_EQ(driver.fetches[2].headers["idempotency-key"], "once");
}

TEST(IdempotencyKey, GoesToNoneOfSeveralLegs) {
  Configured gateway;
  Driver driver(gateway);
  driver.chat(chat_request("alpha,org/beta", false), with_key({{"idempotency-key", "once"}}));
  ASSERT_EQ(driver.calls(), 2U);
  for (const Fetch& fetch : driver.fetches) EXPECT_EQ(fetch.headers.count("idempotency-key"), 0U);
}

// --- when several legs may be asked again ---

// The reply after two legs failed with these headers.
Reply told_of_legs(const Headers& first, const Headers& second) {
  Configured gateway;
  Driver driver(gateway);
  driver.chat(chat_request("alpha,delta", false));
  refuse(driver, 0, {429, first});
  refuse(driver, 1, {429, second});
  return driver.reply;
}

TEST(RetryHeadersOfLegs, NameOneWaitAndTheLongest) {
  const struct {
    Headers first;
    Headers second;
    const char* seconds;
    const char* ms;
  } cases[] = {
      {{{"retry-after", "30"}}, {{"retry-after-ms", "500"}}, "30", "30000"},
      {{{"retry-after", "1.5"}}, {}, "2", "1500"},
      {{{"retry-after", "7"}, {"retry-after-ms", "6500"}}, {{"retry-after", "2"}}, "7", "6500"},
      {{}, {{"retry-after", "Tue, 14 Nov 2023 22:13:50 GMT"}}, "30", "30000"},
      {{}, {{"retry-after", "soon"}}, "(absent)", "(absent)"},
  };
  for (const auto& c : cases) {
    const Reply reply = told_of_legs(c.first, c.second);
    EXPECT_EQ(reply.status, 429);
    EXPECT_EQ(reply.header("retry-after"), c.seconds);
    EXPECT_EQ(reply.header("retry-after-ms"), c.ms);
  }
}

// --- what is the target's own trouble, whatever its status ---

TEST(TroubleOfATarget, LeadsToTheNextOne) {
  const std::string google_key =
      R"([{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.",)"
      R"("status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID","domain":"googleapis.com"}]}}])";
  const struct {
    int status;
    std::string body;
    int told;
  } cases[] = {
      {400, google_key, 401},
      {400, error_body("Limit", "invalid_request_error", "billing_hard_limit_reached"), 400},
      {400, error_body("Gone", "invalid_request_error", "model_decommissioned"), 400},
      {400, R"({"code":"Client specified an invalid argument","error":"Incorrect API key provided: xa***bc."})", 400},
      {405, error_body("No such method", "x"), 405},
      {410, error_body("Gone", "x"), 410},
  };
  for (const auto& c : cases) {
    Configured gateway;
    Driver driver(gateway);
    driver.chat(chat_request("alpha|delta", false));
    driver.answer(0, c.status, c.body);
    EXPECT_EQ(driver.calls(), 2U) << c.body;
    Driver alone(gateway);
    alone.chat(chat_request("alpha", false));
    alone.answer(0, c.status, c.body);
    EXPECT_EQ(alone.reply.status, c.told) << c.body;
    EXPECT_EQ(alone.reply.header("x-onellm-upstream-status"), std::to_string(c.status));
  }
}

TEST(TroubleOfATarget, IsAnEmptyAccountOfAnthropic) {
  Configured gateway(settings_with({{"ANTHROPIC_API_KEY", "key-of-anthropic"}}));
  Driver driver(gateway);
  driver.chat(chat_request("claude-sonnet-5|delta", false));
  const Json error = {{"type", "invalid_request_error"}, {"message", "Your credit balance is too low to access it"}};
  driver.answer(0, 400, Json{{"type", "error"}, {"error", error}}.dump());
  EXPECT_EQ(driver.calls(), 2U) << driver.transcript();
}

}  // namespace
}  // namespace onellm::gateway::test
