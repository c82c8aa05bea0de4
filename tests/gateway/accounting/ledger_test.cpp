#include "gateway/accounting/ledger.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/limits.h"

namespace onellm::gateway {
namespace {

using Json = nlohmann::json;

constexpr double kNowMs = 1'700'000'000'000;
constexpr int64_t kHour = 472'222;  // Since 1970.
constexpr uint32_t kDays = 7;

CallRecord call_of(const std::string& model) {
  CallRecord call;
  call.key_id = "master";
  call.model_served = model;
  call.model_named = true;
  call.provider = "openai";
  call.status = 200;
  call.ended_ms = kNowMs;
  call.total_ms = 20;
  call.attempt = 1;
  call.legs = 1;
  call.first = true;
  call.usage = {.prompt_tokens = 7, .completion_tokens = 5, .total_tokens = 12};
  call.usage_source = UsageSource::kReported;
  call.cost = 1'000;
  return call;
}

struct AnyLedger : ::testing::Test {
  Json rows(bool timed = true) {
    const std::string taken = ledger.take(timed, kDays);
    return taken.empty() ? Json::array() : Json::parse(taken)["rows"];
  }
  void add(const CallRecord& call) { (void)ledger.add(call, kNowMs); }

  Ledger ledger;
};

TEST_F(AnyLedger, AddsUpCallsOfOneHourKeyModelAndProvider) {
  add(call_of("gpt-4o"));
  CallRecord call = call_of("gpt-4o");
  call.usage.cached_tokens = 3;
  call.usage.cache_write_tokens = 2;
  call.usage.reasoning_tokens = 1;
  call.usage.web_search_requests = 4;
  add(call);
  EXPECT_EQ(rows(), Json::array({{{"hour", kHour},
                                  {"key", "master"},
                                  {"model", "gpt-4o"},
                                  {"provider", "openai"},
                                  {"last_ms", static_cast<int64_t>(kNowMs)},
                                  {"requests", 2},
                                  {"calls", 2},
                                  {"prompt_tokens", 14},
                                  {"completion_tokens", 10},
                                  {"cached_tokens", 3},
                                  {"cache_write_tokens", 2},
                                  {"reasoning_tokens", 1},
                                  {"web_searches", 4},
                                  {"cost_pico_usd", 2'000},
                                  {"total_ms", 40}}}));
  EXPECT_EQ(rows(), Json::array()) << "they are taken once";
}

TEST_F(AnyLedger, AddsUpWhatTheCacheSavedAndHowQuicklyAnswersCame) {
  for (const int64_t first_token_ms : {15, 19, 400}) {
    CallRecord call = call_of("gpt-4o");
    call.cache_saved = -7;
    call.content_at_ms = kNowMs;
    call.first_token_ms = first_token_ms;
    call.total_ms = 400;
    add(call);
  }
  const Json row = rows()[0];
  EXPECT_EQ(row["cache_saved_pico_usd"], -21);
  EXPECT_EQ(row["latencies"], Json({{2, 2}, {11, 1}}));
  EXPECT_EQ(row["timed_tokens"], 10) << "the third reply came at once";
  EXPECT_EQ(row["timed_ms"], 766);
}

TEST_F(AnyLedger, KeepsHoursKeysModelsAndProvidersApart) {
  add(call_of("gpt-4o"));
  for (int i = 0; i < 4; ++i) {
    CallRecord other = call_of("gpt-4o");
    if (i == 0) other.ended_ms += 3'600'000;
    if (i == 1) other.key_id = "team";
    if (i == 2) other.model_served = "gpt-4o-mini";
    if (i == 3) other.provider = "azure";
    add(other);
    add(other);
  }
  const Json taken = rows();
  ASSERT_EQ(taken.size(), 5U);
  EXPECT_EQ(taken[0]["calls"], 1);
  for (size_t i = 1; i < 5; ++i) EXPECT_EQ(taken[i]["calls"], 2);
}

TEST_F(AnyLedger, CountsARequestOnceHoweverManyCallsItMade) {
  CallRecord call = call_of("gpt-4o");
  call.outcome = Outcome::kError;
  call.status = 503;
  add(call);
  call = call_of("gpt-4o");
  call.attempt = 2;
  call.first = false;
  add(call);
  const Json row = rows()[0];
  EXPECT_EQ(row["requests"], 1);
  EXPECT_EQ(row["calls"], 2);
  EXPECT_EQ(row["errors"], 1);
}

TEST_F(AnyLedger, TellsHowCallsEnded) {
  for (const Outcome outcome : {Outcome::kOk, Outcome::kError, Outcome::kClientGone, Outcome::kLost}) {
    CallRecord call = call_of("gpt-4o");
    call.outcome = outcome;
    add(call);
  }
  const Json row = rows()[0];
  EXPECT_EQ(row["calls"], 4);
  EXPECT_EQ(row["errors"], 1);
  EXPECT_EQ(row["cancelled"], 2);
  EXPECT_FALSE(row.contains("refused"));
}

TEST_F(AnyLedger, CountsWhatHasNoPriceAndWhatWasEstimated) {
  CallRecord call = call_of("gpt-4o");
  call.cost.reset();
  add(call);
  call.usage_source = UsageSource::kEstimated;
  add(call);
  call.usage_source = UsageSource::kNone;
  call.usage = {};
  add(call);
  const Json row = rows()[0];
  EXPECT_EQ(row["unpriced_calls"], 2) << "what used nothing needs no price";
  EXPECT_EQ(row["estimated_calls"], 1);
  EXPECT_FALSE(row.contains("cost_pico_usd"));
}

TEST_F(AnyLedger, GivesNoRowToNamesThatClientsInvent) {
  CallRecord refused;
  refused.ended_ms = kNowMs;
  refused.model_asked = "invented-1";
  refused.outcome = Outcome::kRefused;
  refused.status = 404;
  refused.first = true;
  add(refused);
  for (const Outcome outcome : {Outcome::kError, Outcome::kClientGone, Outcome::kLost}) {
    CallRecord unnamed = call_of("invented-" + std::to_string(static_cast<int>(outcome)));
    unnamed.model_named = false;
    unnamed.outcome = outcome;
    add(unnamed);
  }
  const Json taken = rows();
  ASSERT_EQ(taken.size(), 2U);
  EXPECT_EQ(taken[0]["model"], "");
  EXPECT_EQ(taken[0]["refused"], 1);
  EXPECT_FALSE(taken[0].contains("calls"));
  EXPECT_EQ(taken[1]["model"], "");
  EXPECT_EQ(taken[1]["provider"], "openai");
  EXPECT_EQ(taken[1]["errors"], 1);
  EXPECT_EQ(taken[1]["cancelled"], 2);
}

TEST_F(AnyLedger, GivesARowToAModelThatItsReplyNamesOrThatAnswered) {
  CallRecord named = call_of("gpt-4o");
  named.outcome = Outcome::kError;
  add(named);
  CallRecord unnamed = call_of("of-a-host-that-names-none");
  unnamed.model_named = false;
  add(unnamed);
  const Json taken = rows();
  ASSERT_EQ(taken.size(), 2U);
  EXPECT_EQ(taken[0]["model"], "gpt-4o");
  EXPECT_EQ(taken[1]["model"], "of-a-host-that-names-none");
}

TEST_F(AnyLedger, CutsNamesBetweenCharacters) {
  std::string name(kLedgerNameBytesMax - 1, 'x');
  add(call_of(name + "\u20ac"));
  EXPECT_EQ(rows()[0]["model"], name);
}

TEST_F(AnyLedger, IsBoundedAndLosesNoCall) {
  constexpr int kCalls = 2'000;
  for (int i = 0; i < kCalls; ++i) {
    CallRecord call = call_of("model-" + std::to_string(i));
    call.key_id = "key-" + std::to_string(i % 200);
    add(call);
  }
  add(call_of("model-0"));
  const Json taken = rows();
  EXPECT_LE(taken.size(), kLedgerRowsMax + kLedgerKeysMax + 1);
  int64_t calls = 0;
  int64_t others = 0;
  for (const Json& row : taken) {
    calls += row["calls"].get<int64_t>();
    others += row["model"] == "(other)" ? 1 : 0;
  }
  EXPECT_EQ(calls, kCalls + 1);
  EXPECT_GT(others, 0);
  EXPECT_LE(std::string(taken.back()["key"]).size(), kLedgerNameBytesMax);
}

TEST_F(AnyLedger, FindsARowAgainThatItHasWhenItIsFull) {
  for (size_t i = 0; i < 2 * kLedgerRowsMax; ++i) add(call_of("model-" + std::to_string(i)));
  add(call_of("model-3"));
  EXPECT_EQ(rows()[3]["calls"], 2);
}

TEST_F(AnyLedger, IsNotUpsetByNumbersThatCannotBeTrue) {
  CallRecord call = call_of("gpt-4o");
  call.usage.prompt_tokens = INT64_MAX;
  call.usage.completion_tokens = -5;
  call.cost = INT64_MAX;
  add(call);
  add(call);
  const Json row = rows()[0];
  EXPECT_EQ(row["prompt_tokens"], 2 * kTokensMax);
  EXPECT_FALSE(row.contains("completion_tokens"));
  EXPECT_EQ(row["cost_pico_usd"], INT64_MAX);
}

TEST_F(AnyLedger, SaysHowLongAndHowMuchIsToBeKept) {
  add(call_of("gpt-4o"));
  const Json batch = Json::parse(ledger.take(true, kDays));
  EXPECT_EQ(batch["keep_hours"], 7 * 24);
  EXPECT_EQ(batch["rows_max"], kLedgerObjectRowsMax);
  EXPECT_EQ(batch["hour_rows_max"], kLedgerHourRowsMax);
}

// --- when the rows are wanted ---

using Wanted = std::optional<uint32_t>;

struct LedgerFlush : AnyLedger {
  Wanted add_at(double ms) { return ledger.add(call_of("gpt-4o"), kNowMs + ms); }
};

TEST_F(LedgerFlush, IsWantedASecondAfterTheFirstCallAndOnceOnly) {
  EXPECT_EQ(add_at(0), Wanted(1'000));
  EXPECT_EQ(add_at(1), std::nullopt);
  EXPECT_EQ(add_at(999), std::nullopt);
  EXPECT_EQ(rows().size(), 1U);
  EXPECT_EQ(add_at(1'500), Wanted(1'000));
}

TEST_F(LedgerFlush, IsWantedAtOnceWhenAHundredCallsWait) {
  EXPECT_EQ(add_at(0), Wanted(1'000));
  for (int i = 2; i < 100; ++i) ASSERT_EQ(add_at(1), std::nullopt) << i;
  EXPECT_EQ(add_at(2), Wanted(0));
  EXPECT_EQ(add_at(2), std::nullopt) << "somebody is coming";
  EXPECT_EQ(rows(false)[0]["calls"], 101);
  EXPECT_EQ(add_at(3), std::nullopt) << "the timed one serves this call too";
  EXPECT_EQ(rows()[0]["calls"], 1);
  EXPECT_EQ(add_at(1'100), Wanted(1'000));
}

TEST_F(LedgerFlush, IsWantedOfSomebodyElseWhenItDoesNotCome) {
  EXPECT_EQ(add_at(0), Wanted(1'000));
  EXPECT_EQ(add_at(3'000), std::nullopt);
  EXPECT_EQ(add_at(3'001), Wanted(0)) << "two seconds late";
  EXPECT_EQ(add_at(3'002), Wanted(1'000)) << "the next call has a timed one again";
  EXPECT_EQ(rows(false)[0]["calls"], 4);
}

TEST_F(LedgerFlush, AtOnceThatDoesNotComeIsAskedForAgain) {
  for (int i = 0; i < 99; ++i) (void)add_at(0);
  EXPECT_EQ(add_at(0), Wanted(0));
  EXPECT_EQ(add_at(2'000), std::nullopt);
  EXPECT_EQ(add_at(2'001), Wanted(0));
}

}  // namespace
}  // namespace onellm::gateway
