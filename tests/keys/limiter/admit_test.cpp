// Limiter::admit
#include <gtest/gtest.h>

#include "keys/flat.h"
#include "keys/limiter/budget.h"
#include "keys/limiter/limiter.h"
#include "keys/limiter/store.h"

namespace onellm::keys {
namespace {

Ask ask(const std::string& id, PicoUsd money, int64_t tokens = 0) {
  return {.id = id, .version = 1, .legs = {{.targets = {{.fixed = money}}}}, .tokens = tokens};
}

TEST(Admit, TakesARequestOfTheMinute) {
  Store store = store_with({.rpm_limit = 2});
  EXPECT_EQ(store.admit(kNow, ask("a", 0)).requests->remaining, 1);
  EXPECT_EQ(store.admit(kNow, ask("b", 0)).verdict, Verdict::kAdmitted);
  const Admission third = store.admit(kNow, ask("c", 0));
  EXPECT_EQ(third.verdict, Verdict::kRefused);
  EXPECT_EQ(third.refusal->kind, RefusalKind::kRequests);
  EXPECT_EQ(third.refusal->retry_after_ms, 30'000);
  EXPECT_EQ(third.refusal->message,
            "This key may make 2 requests a minute (rpm_limit), and none is left. The next one is possible in 30 s.");
  EXPECT_EQ(third.requests->limit, 2);
  EXPECT_EQ(third.requests->reset_ms, 60'000);
  EXPECT_EQ(store.admit(kNow + 29'999, ask("c", 0)).refusal->retry_after_ms, 1);
  EXPECT_EQ(store.admit(kNow + 30'000, ask("c", 0)).verdict, Verdict::kAdmitted);
}

TEST(Admit, ReservesTokensUntilTheyAreSettled) {
  Store store = store_with({.tpm_limit = 2'000});
  EXPECT_EQ(store.admit(kNow, ask("a", 0, 1'500)).tokens->remaining, 500);
  const Admission second = store.admit(kNow, ask("b", 0, 1'000));
  EXPECT_EQ(second.refusal->kind, RefusalKind::kTokens);
  EXPECT_EQ(second.refusal->retry_after_ms, 15'000);
  EXPECT_EQ(second.refusal->should_retry, std::nullopt);
  store.settle(kNow, "a", 0, 900);
  EXPECT_EQ(store.admit(kNow, ask("b", 0, 1'000)).tokens->remaining, 100);
  store.settle(kNow, "b", 0, 1'400);
  EXPECT_EQ(store.state.tokens.level, -300 * 60'000) << "what was used beyond the estimate is owed";
}

TEST(Admit, RefusesForGoodWhatIsMoreThanTheWholeLimit) {
  Store store = store_with({.tpm_limit = 2'000});
  EXPECT_EQ(store.admit(kNow, ask("a", 0, 2'000)).verdict, Verdict::kAdmitted);
  const Admission refused = store.admit(kNow, ask("b", 0, 2'001));
  EXPECT_EQ(refused.refusal->kind, RefusalKind::kTooManyTokens);
  EXPECT_EQ(refused.refusal->retry_after_ms, std::nullopt);
  EXPECT_EQ(refused.refusal->should_retry, false);
  EXPECT_EQ(refused.refusal->message,
            "This request needs 2001 tokens, and this key may use 2000 tokens a minute (tpm_limit). Shorten the prompt "
            "or lower the output limit.");
}

TEST(Admit, HasAsManyOpenRequestsAsItMay) {
  Store store = store_with({.max_parallel_requests = 2});
  EXPECT_EQ(store.admit(kNow, ask("a", 0)).verdict, Verdict::kAdmitted);
  EXPECT_EQ(store.admit(kNow, ask("b", 0)).verdict, Verdict::kAdmitted);
  const Admission third = store.admit(kNow, ask("c", 0));
  EXPECT_EQ(third.refusal->kind, RefusalKind::kParallel);
  EXPECT_EQ(third.refusal->retry_after_ms, 1'000);
  store.settle(kNow, "a", 0);
  EXPECT_EQ(store.admit(kNow, ask("c", 0)).verdict, Verdict::kAdmitted);
}

TEST(Admit, ReservesMoneyUntilItIsSettled) {
  Store store = store_with({.max_budget = kCent});
  EXPECT_EQ(store.admit(kNow, ask("a", 8 * kCent / 10)).remaining, 2 * kCent / 10);
  const Admission second = store.admit(kNow, ask("b", 5 * kCent / 10));
  EXPECT_EQ(second.refusal->kind, RefusalKind::kReserved);
  EXPECT_EQ(second.refusal->retry_after_ms, 2'000);
  EXPECT_EQ(second.refusal->should_retry, true);
  store.settle(kNow, "a", 2 * kCent / 10);
  EXPECT_EQ(store.admit(kNow, ask("b", 5 * kCent / 10)).remaining, 3 * kCent / 10);
}

TEST(Admit, AllowsTheBudgetToTheLastDigit) {
  Store store = store_with({.max_budget = kCent});
  EXPECT_EQ(store.admit(kNow, ask("a", kCent + 1)).refusal->kind, RefusalKind::kSpent);
  EXPECT_EQ(store.admit(kNow, ask("a", kCent)).verdict, Verdict::kAdmitted);
  EXPECT_EQ(store.admit(kNow, ask("b", 0)).verdict, Verdict::kAdmitted) << "a price of 0 is a price";
  EXPECT_EQ(store.admit(kNow, ask("c", 1)).refusal->kind, RefusalKind::kReserved);
  store.settle(kNow, "a", kCent);
  EXPECT_EQ(store.admit(kNow, ask("c", 1)).refusal->kind, RefusalKind::kSpent);
}

TEST(Admit, SaysWhenTheBudgetResets) {
  const auto refusal = [](const char* duration) {
    Store store = store_with({.max_budget = 0, .budget_duration = duration});
    return *store.admit(kNow, ask("a", kCent)).refusal;
  };
  EXPECT_EQ(refusal("1d").retry_after_ms, 12 * 3'600'000);
  EXPECT_EQ(refusal("1d").message,
            "The budget of this key is $0, and $0 are left. This request may cost $0.01. It resets at "
            "2026-12-01T00:00:00Z.");
  EXPECT_EQ(refusal("24h").retry_after_ms, 24 * 3'600'000);
  EXPECT_EQ(refusal("25h").retry_after_ms, std::nullopt);
  EXPECT_EQ(refusal("7d").retry_after_ms, std::nullopt);
  EXPECT_EQ(refusal("").retry_after_ms, std::nullopt);
  EXPECT_EQ(refusal("").should_retry, false);
}

TEST(Admit, TakesNothingOfAnyLimitWhereItRefuses) {
  Store store = store_with({.max_budget = kCent, .rpm_limit = 2, .tpm_limit = 1'000, .max_parallel_requests = 1});
  const std::string before = to_json(store.state);
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(store.admit(kNow, ask("a", 2 * kCent, 10)).refusal->kind, RefusalKind::kSpent);
    EXPECT_EQ(store.admit(kNow, ask("a", 0, 1'001)).refusal->kind, RefusalKind::kTooManyTokens);
  }
  store.state.requests.at_ms = kNow;
  EXPECT_EQ(to_json(store.state), before);
  EXPECT_TRUE(store.rows.empty());
}

TEST(Admit, NamesTheFirstLimitInTheOrderRequestsTokensParallelMoney) {
  Store store = store_with({.max_budget = kCent, .rpm_limit = 1, .tpm_limit = 100, .max_parallel_requests = 1});
  EXPECT_EQ(store.admit(kNow, ask("a", kCent, 100)).verdict, Verdict::kAdmitted);
  const auto kind_at = [&](int64_t ms) { return store.admit(kNow + ms, ask("b", kCent, 100)).refusal->kind; };
  EXPECT_EQ(kind_at(0), RefusalKind::kRequests);
  store.state.requests = full_bucket(1, kNow);
  EXPECT_EQ(kind_at(0), RefusalKind::kTokens);
  store.state.tokens = full_bucket(100, kNow);
  EXPECT_EQ(kind_at(0), RefusalKind::kParallel);
  store.state.limits.max_parallel_requests = 2;
  EXPECT_EQ(kind_at(0), RefusalKind::kReserved);
  store.settle(kNow, "a", kCent, 0);
  EXPECT_EQ(kind_at(0), RefusalKind::kSpent);
}

TEST(Admit, ReservesTheDearestFallbackOfEachLeg) {
  Store store = store_with({.max_budget = kDollar});
  Ask request{.id = "a", .version = 1};
  request.legs = {{.targets = {{.fixed = 5}, {.fixed = 70}, {.fixed = 30}}}, {.targets = {{.fixed = 100}}}};
  EXPECT_EQ(store.admit(kNow, request).remaining, kDollar - 170);
}

TEST(Admit, AdmitsAHundredOfAThousandThatFit) {
  Store store = store_with({.max_budget = kDollar});
  int admitted = 0;
  for (int i = 0; i < 1'000; ++i) {
    admitted += store.admit(kNow, ask(std::to_string(i), kCent)).verdict == Verdict::kAdmitted ? 1 : 0;
  }
  EXPECT_EQ(admitted, 100);
}

TEST(FurtherCall, TakesMoneyAndTokensAndNoRequest) {
  Store store = store_with({.max_budget = kCent, .rpm_limit = 1, .tpm_limit = 100, .max_parallel_requests = 1});
  Ask request = ask("a", 4 * kCent / 10, 40);
  EXPECT_EQ(store.admit(kNow, request).verdict, Verdict::kAdmitted);
  request.kind = AskKind::kFurther;
  const Admission second = store.admit(kNow, request);
  EXPECT_EQ(second.verdict, Verdict::kAdmitted);
  EXPECT_EQ(second.remaining, 2 * kCent / 10);
  EXPECT_EQ(second.tokens->remaining, 20);
  request.tokens = 0;
  EXPECT_EQ(store.admit(kNow, request).refusal->kind, RefusalKind::kSpent) << "its own reservation counts as used";
  store.settle(kNow, "a", 9 * kCent / 10, 90);
  EXPECT_EQ(store.state.spent, 9 * kCent / 10);
  EXPECT_EQ(store.state.reserved, 0);
  EXPECT_EQ(left_in(store.state.tokens), 10);
}

TEST(FurtherCall, IsVoidWithoutAnOpenRequest) {
  Store store = store_with({.max_budget = kCent});
  Ask request = ask("a", 1);
  request.kind = AskKind::kFurther;
  EXPECT_EQ(store.admit(kNow, request).verdict, Verdict::kVoid);
  EXPECT_EQ(store.admit(kNow, ask("a", 1)).verdict, Verdict::kAdmitted);
  EXPECT_EQ(store.admit(kNow + kKeyLeaseMs, request).verdict, Verdict::kVoid) << "the lease has ended";
}

TEST(CountingTokens, TakesOneRequestAndNothingElse) {
  Store store = store_with({.max_budget = 0, .rpm_limit = 2, .tpm_limit = 1, .max_parallel_requests = 1});
  const Ask count{.kind = AskKind::kCount, .version = 1};
  EXPECT_EQ(store.admit(kNow, count).requests->remaining, 1);
  EXPECT_EQ(store.admit(kNow, count).verdict, Verdict::kAdmitted);
  EXPECT_EQ(store.admit(kNow, count).refusal->kind, RefusalKind::kRequests);
  EXPECT_TRUE(store.rows.empty());
  EXPECT_EQ(store.state.open, 0);
}

TEST(Admit, ComparesTheVersionsOfTheRecord) {
  Store store;
  EXPECT_EQ(store.admit(kNow, ask("a", 1)).verdict, Verdict::kUnknown) << "the limiter is new";
  store = store_with({.max_budget = kCent});
  Ask request = ask("a", 1);
  request.version = 2;
  EXPECT_EQ(store.admit(kNow, request).verdict, Verdict::kUnknown);
  store.set_limits(kNow, {.version = 3, .max_budget = kCent});
  const Admission stale = store.admit(kNow, request);
  EXPECT_EQ(stale.verdict, Verdict::kStale);
  EXPECT_EQ(stale.version, 3);
  store.set_limits(kNow, {.version = 2, .rpm_limit = 1});
  EXPECT_EQ(store.state.limits.version, 3) << "an older record changes nothing";
}

TEST(Admit, IsVoidForARequestThatIsKnown) {
  Store store = store_with({.rpm_limit = 5});
  EXPECT_EQ(store.admit(kNow, ask("a", 1)).verdict, Verdict::kAdmitted);
  EXPECT_EQ(store.admit(kNow, ask("a", 1)).verdict, Verdict::kVoid);
  EXPECT_EQ(left_in(store.state.requests), 4);
}

TEST(Admit, BoundsTheOpenRequestsOfAnyKey) {
  Store store = store_with({.rpm_limit = 1'000'000});
  store.state.open = kKeyOpenMax;
  EXPECT_EQ(store.admit(kNow, ask("a", 1)).refusal->kind, RefusalKind::kParallel);
}

TEST(Refusals, HaveTheirKindOfError) {
  const auto error = [](RefusalKind kind) { return to_error({.kind = kind, .message = "m"}); };
  EXPECT_EQ(code_of(error(RefusalKind::kRequests)), "rate_limit_exceeded");
  EXPECT_EQ(error(RefusalKind::kRequests).param, "requests");
  EXPECT_EQ(error(RefusalKind::kTooManyTokens).param, "tokens");
  EXPECT_EQ(error(RefusalKind::kParallel).param, "parallel");
  EXPECT_EQ(fault_of(error(RefusalKind::kParallel)), Fault::kRateLimit);
  EXPECT_EQ(code_of(error(RefusalKind::kReserved)), "budget_reserved");
  EXPECT_EQ(fault_of(error(RefusalKind::kReserved)), Fault::kRateLimit);
  EXPECT_EQ(code_of(error(RefusalKind::kSpent)), "budget_exceeded");
  EXPECT_EQ(fault_of(error(RefusalKind::kSpent)), Fault::kNoMoney);
  EXPECT_EQ(status_of(error(RefusalKind::kSpent)), 429);
}

}  // namespace
}  // namespace onellm::keys
