// How often a model that was asked together with others was first, and failed.
#include "gateway/accounting/together/together.h"

#include <gtest/gtest.h>

#include "base/limits.h"
#include "gateway/accounting/together/confirmed_models.h"
#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/openai_wire.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

CallRecord call_of(int leg, const std::string& model, double content_at_ms = 0, int attempt = 1) {
  CallRecord call;
  call.leg = leg;
  call.legs = 2;
  call.provider = "host";
  call.attempt = attempt;
  call.content_at_ms = content_at_ms;
  call.outcome = content_at_ms == 0 ? Outcome::kError : Outcome::kOk;
  call.together.sent = model;
  return call;
}

TEST(Together, GivesTheFirstPlaceToTheEarliestContent) {
  std::vector<CallRecord> calls = {call_of(0, "a", 200), call_of(1, "b", 100)};
  compare_legs(calls);
  EXPECT_FALSE(calls[0].together.was_first);
  EXPECT_TRUE(calls[1].together.was_first);
  EXPECT_TRUE(calls[0].together.is_counted);
}

TEST(Together, CountsARetriedModelOnceByItsLastCall) {
  std::vector<CallRecord> calls = {call_of(0, "a"), call_of(1, "b", 300), call_of(0, "a", 200, 2)};
  compare_legs(calls);
  EXPECT_FALSE(calls[0].together.is_counted);
  EXPECT_TRUE(calls[2].together.is_counted);
  EXPECT_TRUE(calls[2].together.was_first);
}

TEST(Together, CountsEveryModelOfALegWithFallbacks) {
  std::vector<CallRecord> calls = {call_of(0, "a"), call_of(0, "spare", 100, 2), call_of(1, "b", 200)};
  compare_legs(calls);
  EXPECT_TRUE(calls[0].together.is_counted);
  EXPECT_TRUE(calls[1].together.is_counted);
  EXPECT_TRUE(calls[1].together.was_first);
}

TEST(Together, HasNoFirstWhereNobodyAnswered) {
  std::vector<CallRecord> calls = {call_of(0, "a"), call_of(1, "b", 0, 0)};
  compare_legs(calls);
  EXPECT_FALSE(calls[0].together.was_first);
  EXPECT_FALSE(calls[1].together.was_first);
  EXPECT_FALSE(calls[1].together.is_counted) << "no upstream was called";
}

TEST(Together, IsWonInTheSameMillisecondByTheCallThatCameToItsEnd) {
  std::vector<CallRecord> calls = {call_of(0, "a", 100), call_of(1, "b", 100)};
  calls[0].outcome = Outcome::kLost;
  compare_legs(calls);
  EXPECT_TRUE(calls[1].together.was_first);
}

TEST(ConfirmedModels, NameAFailedCallAsTheProviderNamedItBefore) {
  ConfirmedModels models;
  CallRecord call = call_of(0, "alias");
  EXPECT_EQ(models.model_of(call, ""), "");
  call.together.listed = "listed";
  EXPECT_EQ(models.model_of(call, ""), "listed");
  EXPECT_EQ(models.model_of(call, "served-1"), "served-1");
  EXPECT_EQ(models.model_of(call, ""), "served-1");
  call.provider = "another";
  EXPECT_EQ(models.model_of(call, ""), "listed");
}

TEST(ConfirmedModels, ForgetTheOldest) {
  ConfirmedModels models;
  for (size_t i = 0; i <= kConfirmedModelsMax; ++i) {
    (void)models.model_of(call_of(0, std::to_string(i)), "served");
  }
  EXPECT_EQ(models.model_of(call_of(0, "0"), ""), "");
  EXPECT_EQ(models.model_of(call_of(0, "1"), ""), "served");
}

// --- through a gateway ---

struct TogetherRows : ::testing::Test {
  // The row of a provider that has sums of together.
  Json row_of(const std::string& provider) {
    if (batch.is_null()) batch = Json::parse(gateway.take_ledger(true));
    for (const Json& row : batch["rows"]) {
      if (row["provider"] == provider && row.contains("together_calls")) return row;
    }
    ADD_FAILURE() << "no row of " << provider << " in " << batch;
    return Json::object();
  }
  Driver& race(const std::string& models) {
    driver.chat(chat_request(models, true, {{"onellm", {{"merge", "race"}}}}));
    return driver;
  }

  Configured gateway{settings_with({{"bindings", {"ONELLM_LEDGER_OBJECT"}}})};
  Driver driver{gateway};
  Json batch;
};

TEST_F(TogetherRows, OfARaceHaveOneFirst) {
  race("alpha,gpt-4o");
  driver.head(0, 200);
  driver.bytes(0, role());
  driver.stream(1, speech("B"));
  EXPECT_EQ(row_of("openai")["together_first"], 1);
  EXPECT_EQ(row_of("openai")["together_calls"], 1);
  EXPECT_FALSE(row_of("host").contains("together_first"));
  EXPECT_FALSE(row_of("host").contains("together_failed")) << "to lose is not to fail";
}

TEST_F(TogetherRows, NameAFailedModelAsTheSettingsListIt) {
  race("alpha,gpt-4o");
  driver.answer(0, 503, error_body("Busy", "server_error"));
  driver.stream(1, speech("B"));
  EXPECT_EQ(row_of("host")["model"], "alpha");
  EXPECT_EQ(row_of("host")["together_failed"], 1);
  EXPECT_EQ(row_of("openai")["together_first"], 1);
}

TEST_F(TogetherRows, AreNotMadeByOneModel) {
  driver.chat(chat_request("gpt-4o", true)).stream(0, speech("B"));
  batch = Json::parse(gateway.take_ledger(true));
  ASSERT_EQ(batch["rows"].size(), 1U);
  EXPECT_FALSE(batch["rows"][0].contains("together_calls"));
}

}  // namespace
}  // namespace onellm::gateway::test
