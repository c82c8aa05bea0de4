// What the policy makes of each failure, and of what a reply says of asking again.
#include "gateway/upstream/retry_policy.h"

#include <gtest/gtest.h>

#include "support/providers.h"

namespace onellm::gateway {
namespace {

using Headers = std::vector<providers::Header>;

constexpr double kNowMs = 1'700'000'000'000;  // 2023-11-14T22:13:20Z

Error refused(int status, const std::string& code = "", const std::string& type = "") {
  return {.kind = ErrorKind::kUpstreamRefused,
          .message = "No.",
          .status = status,
          .provider_type = type,
          .code = code,
          .upstream_status = status};
}

Outlook outlook(const Error& error, const Headers& headers = {}, bool conflict_passes = false) {
  providers::Kind kind = providers::compatible_kind();
  kind.conflict_passes = conflict_passes;
  return outlook_of(error, read_advice(headers, error, kNowMs), kind);
}

double wait_named_by(const Headers& headers, uint32_t retry_after_s = 0) {
  Error error = refused(429);
  error.retry_after_s = retry_after_s;
  return read_advice(headers, error, kNowMs).wait_ms;
}

double cooldown(const Error& error, const Headers& headers = {}) {
  return cooldown_ms(error, read_advice(headers, error, kNowMs));
}

TEST(RetryOutlook, IsGoodAfterWhatPasses) {
  for (const int status : {408, 429, 498, 500, 502, 503, 504}) EXPECT_EQ(outlook(refused(status)), Outlook::kPassing);
  EXPECT_EQ(outlook({.kind = ErrorKind::kUpstreamUnreachable}), Outlook::kPassing);
  EXPECT_EQ(outlook({.kind = ErrorKind::kUpstreamCut}), Outlook::kPassing);
}

TEST(RetryOutlook, IsOthersWhereTheSameAgainWouldNotHelp) {
  for (const int status : {401, 402, 403, 404, 405, 410, 501, 505})
    EXPECT_EQ(outlook(refused(status)), Outlook::kOtherTarget) << status;
  EXPECT_EQ(outlook({.kind = ErrorKind::kUpstreamTimeout}), Outlook::kOtherTarget);
  EXPECT_EQ(outlook({.kind = ErrorKind::kUpstreamBadReply}), Outlook::kOtherTarget);
  Error elsewhere = refused(502);
  elsewhere.upstream_status = 301;
  EXPECT_EQ(outlook(elsewhere), Outlook::kOtherTarget);
}

TEST(RetryOutlook, IsOthersWhereMoneyIsMissing) {
  EXPECT_EQ(outlook(refused(429, "insufficient_quota")), Outlook::kOtherTarget);
  EXPECT_EQ(outlook(refused(429, "", "insufficient_quota")), Outlook::kOtherTarget);
  EXPECT_EQ(outlook(refused(429, "billing_hard_limit_reached")), Outlook::kOtherTarget);
  EXPECT_EQ(outlook(refused(429, "", "billing_error")), Outlook::kOtherTarget);
  EXPECT_EQ(outlook(refused(429, "rate_limit_exceeded", "tokens")), Outlook::kPassing);
}

TEST(RetryOutlook, IsOthersWhateverTheStatusWhereTheAccountOrTheModelIsNamed) {
  for (const char* code : {"billing_hard_limit_reached", "insufficient_quota", "invalid_api_key", "model_not_found",
                           "model_decommissioned"}) {
    EXPECT_EQ(outlook(refused(400, code)), Outlook::kOtherTarget) << code;
    EXPECT_EQ(cooldown(refused(400, code)), 60'000) << code;
  }
  EXPECT_EQ(outlook(refused(400, "context_length_exceeded")), Outlook::kFinal);
}

TEST(RetryOutlook, IsNoneAfterTheClientsMistake) {
  for (const int status : {400, 409, 413, 422}) EXPECT_EQ(outlook(refused(status)), Outlook::kFinal) << status;
}

// https://console.groq.com/docs/rate-limits
TEST(RetryOutlook, IsOthersWhereOneRequestIsBeyondTheAccountsLimit) {
  const Error error = refused(413, "rate_limit_exceeded", "tokens");
  EXPECT_EQ(outlook(error), Outlook::kOtherTarget);
  EXPECT_EQ(hope_of(error, Outlook::kOtherTarget), Hope::kRefusal);
  EXPECT_EQ(cooldown(error), 0) << "smaller requests are served there";
}

TEST(RetryOutlook, OfAConflictIsTheProvidersToSay) {
  EXPECT_EQ(outlook(refused(409), {}, true), Outlook::kPassing);
  const providers::Kind* anthropic = providers::find_kind("anthropic");
  ASSERT_NE(anthropic, nullptr);
  EXPECT_TRUE(anthropic->conflict_passes);
  EXPECT_FALSE(providers::find_kind("openai")->conflict_passes);
}

TEST(RetryOutlook, FollowsWhatTheReplySays) {
  EXPECT_EQ(outlook(refused(503), {{"x-should-retry", "false"}}), Outlook::kOtherTarget);
  EXPECT_EQ(outlook(refused(400), {{"x-should-retry", "true"}}), Outlook::kPassing);
  EXPECT_EQ(outlook(refused(400), {{"x-should-retry", "false"}}), Outlook::kFinal);
  EXPECT_EQ(outlook(refused(503), {{"x-should-retry", "perhaps"}}), Outlook::kPassing);
  EXPECT_EQ(outlook(refused(429), {{"retry-after", "2"}}), Outlook::kPassing);
  EXPECT_EQ(outlook(refused(429), {{"retry-after", "3"}}), Outlook::kOtherTarget);
  EXPECT_EQ(outlook(refused(429), {{"x-should-retry", "true"}, {"retry-after-ms", "2001"}}), Outlook::kOtherTarget);
}

TEST(RetryAdvice, IsReadInEveryFormOfTheHeaders) {
  EXPECT_EQ(wait_named_by({}), 0);
  EXPECT_EQ(wait_named_by({{"retry-after", "7"}}), 7000);
  EXPECT_EQ(wait_named_by({{"retry-after", "1.5"}}), 1500);
  EXPECT_EQ(wait_named_by({{"retry-after-ms", "20"}}), 20);
  EXPECT_EQ(wait_named_by({{"retry-after-ms", "20"}, {"retry-after", "7"}}), 20);
  EXPECT_EQ(wait_named_by({{"retry-after", "7"}, {"retry-after-ms", "20"}}), 20);
  EXPECT_EQ(wait_named_by({{"retry-after", "Tue, 14 Nov 2023 22:13:30 GMT"}}), 10'000);
  EXPECT_EQ(wait_named_by({{"retry-after", "Tue, 14 Nov 2023 22:13:00 GMT"}}), 0) << "it has passed";
}

TEST(RetryAdvice, OfAnErrorItselfCountsWhereNoHeaderGivesIt) {
  EXPECT_EQ(wait_named_by({}, 35), 35'000);
  EXPECT_EQ(wait_named_by({{"retry-after", "1"}}, 35), 1000);
}

TEST(RetryAdvice, ThatIsMalformedIsNone) {
  for (const char* value :
       {"", "soon", "-1", "1e3", "1.2.3", "Tue, 14 Foo 2023 22:13:30 GMT", "Tue, 99 Nov 2023 22:13:30 GMT"}) {
    EXPECT_EQ(wait_named_by({{"retry-after", value}}), 0) << value;
    EXPECT_EQ(wait_named_by({{"retry-after-ms", value}}), 0) << value;
  }
}

TEST(RetryAdvice, ThatIsAbsurdlyLongIsADay) {
  EXPECT_EQ(wait_named_by({{"retry-after", "99999999999999999999"}}), 86'400'000);
  EXPECT_EQ(wait_named_by({{"retry-after-ms", std::string(400, '9')}}), 86'400'000);
  EXPECT_EQ(wait_named_by({{"retry-after", "Tue, 14 Nov 2099 22:13:30 GMT"}}), 86'400'000);
  EXPECT_EQ(outlook(refused(429), {{"retry-after", "99999999999999999999"}}), Outlook::kOtherTarget);
}

TEST(RetryAdvice, OfAProviderIsNotFollowedWhereTheTroubleIsOurOwn) {
  EXPECT_EQ(outlook({.kind = ErrorKind::kBusy}, {{"x-should-retry", "true"}}), Outlook::kFinal);
}

TEST(RetryWait, DoublesUpToTwoSeconds) {
  const double most_ms[] = {500, 1000, 2000, 2000, 2000};
  for (uint32_t made = 0; made < 5; ++made) {
    EXPECT_EQ(wait_before_retry_ms({}, 0, made, 0xFFFFFFFF), most_ms[made]);
    EXPECT_EQ(wait_before_retry_ms({}, 0, made, 0), most_ms[made] / 2);
  }
}

TEST(RetryWait, IsWhatTheReplyNamed) {
  EXPECT_EQ(wait_before_retry_ms({.should_retry = {}, .wait_ms = 20}, 0, 3, 0xFFFFFFFF), 20);
}

TEST(RetryCooldown, DependsOnTheFailure) {
  EXPECT_EQ(cooldown(refused(429)), 30'000);
  EXPECT_EQ(cooldown(refused(429), {{"retry-after", "90"}}), 90'000);
  EXPECT_EQ(cooldown(refused(429), {{"retry-after", "86400"}}), 300'000);
  EXPECT_EQ(cooldown(refused(429, "insufficient_quota")), 60'000);
  for (const int status : {401, 402, 403, 404}) EXPECT_EQ(cooldown(refused(status)), 60'000) << status;
  for (const int status : {408, 500, 501, 502, 503, 504}) EXPECT_EQ(cooldown(refused(status)), 10'000) << status;
  EXPECT_EQ(cooldown({.kind = ErrorKind::kUpstreamUnreachable}), 10'000);
  for (const int status : {400, 409, 413, 422}) EXPECT_EQ(cooldown(refused(status)), 0) << status;
}

TEST(RetryCooldown, OfOverloadIsShort) {
  Error overloaded = refused(503, "overloaded");
  overloaded.upstream_status = 529;
  EXPECT_EQ(cooldown(overloaded), 2'000);
  EXPECT_EQ(cooldown(overloaded, {{"retry-after", "60"}}), 2'000);
}

}  // namespace
}  // namespace onellm::gateway
