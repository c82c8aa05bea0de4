// The output limit that the limiter chooses for a request that asked for none.
#include <gtest/gtest.h>

#include "keys/flat.h"
#include "keys/limiter/budget.h"
#include "keys/limiter/limiter.h"
#include "keys/limiter/store.h"

namespace onellm::keys {
namespace {

Ask without_limit(const std::string& id, PicoUsd price) {
  return {.id = id, .version = 1, .legs = {{.targets = {{.per_output_token = price}}}}, .chooses_output = true};
}

TEST(OutputLimit, IsAQuarterOfTheFreeBudget) {
  Store store = store_with({.max_budget = kDollar});
  const Admission first = store.admit(kNow, without_limit("a", kDollar / 10'000));
  EXPECT_EQ(first.output_tokens, 2'500);
  EXPECT_EQ(first.remaining, 3 * kDollar / 4);
  store.settle(kNow, "a", kDollar / 2);
  EXPECT_EQ(store.admit(kNow, without_limit("b", kDollar / 10'000)).output_tokens, 1'250);
}

TEST(OutputLimit, IsTheSmallestOfItsBounds) {
  Store store = store_with({.max_budget = 1'000 * kDollar, .tpm_limit = 1'000'000});
  EXPECT_EQ(store.admit(kNow, without_limit("a", kDollar / 10'000)).output_tokens, 16'384);
  store.settle(kNow, "a", 0, 0);
  Ask small = without_limit("b", kDollar / 10'000);
  small.output_tokens_most = 4'096;
  EXPECT_EQ(store.admit(kNow, small).output_tokens, 4'096);
  store.settle(kNow, "b", 0, 960'000);
  EXPECT_EQ(store.admit(kNow, without_limit("c", 1)).output_tokens, 10'000) << "a quarter of 40 000 tokens";
}

TEST(OutputLimit, IsDividedByAllAnswers) {
  Store store = store_with({.max_budget = kDollar});
  Ask request = without_limit("a", kDollar / 100'000);
  request.legs.push_back({.targets = {{.per_output_token = 1}, {.per_output_token = kDollar / 50'000}}});
  request.answers_per_leg = 3;
  request.answers = 6;
  const Admission admission = store.admit(kNow, request);
  EXPECT_EQ(admission.output_tokens, 50'000 / 4 / 6) << "at the dearest price";
  EXPECT_EQ(admission.remaining, kDollar - 3 * (50'000 / 4 / 6) * (kDollar / 100'000 + kDollar / 50'000));
}

TEST(OutputLimit, IsAtLeast256ThoughTheyDoNotFit) {
  Store store = store_with({.max_budget = kCent});
  const Admission admission = store.admit(kNow, without_limit("a", kDollar / 10'000));
  EXPECT_EQ(admission.refusal->kind, RefusalKind::kSpent);
  EXPECT_EQ(admission.output_tokens, std::nullopt);
  EXPECT_EQ(store.admit(kNow, without_limit("b", 1)).output_tokens, 16'384);
  EXPECT_EQ(store.admit(kNow, without_limit("c", kCent / 1'000)).output_tokens, 256);
}

TEST(OutputLimit, IsChosenOnlyForKeysWithMoneyOrTokens) {
  Store store = store_with({.rpm_limit = 5, .max_parallel_requests = 5});
  EXPECT_EQ(store.admit(kNow, without_limit("a", 1)).output_tokens, std::nullopt);
  Store tokens = store_with({.tpm_limit = 10'000});
  Ask request = without_limit("a", 0);
  request.tokens = 100;
  const Admission admission = tokens.admit(kNow, request);
  EXPECT_EQ(admission.output_tokens, 2'500);
  EXPECT_EQ(admission.tokens->remaining, 7'400);
}

TEST(OutputLimit, LetsTwentyRequestsWithoutLimitShareADollar) {
  Store store = store_with({.max_budget = kDollar});
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(store.admit(kNow, without_limit(std::to_string(i), kDollar / 100'000)).verdict, Verdict::kAdmitted) << i;
  }
}

}  // namespace
}  // namespace onellm::keys
