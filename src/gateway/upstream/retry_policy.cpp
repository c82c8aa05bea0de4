#include "gateway/upstream/retry_policy.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "base/time/rfc3339.h"

namespace onellm::gateway {

namespace {

constexpr double kFirstBackOffMs = 500;
constexpr double kBackOffMsMax = 2'000;

constexpr double kRateLimitCooldownMs = 30'000;  // Used if the reply names no time.
constexpr double kCooldownMsMax = 300'000;       // The longest cooldown that a reply can ask for.
constexpr double kRefusalCooldownMs = 60'000;    // Until a key, a permission or an account is corrected.
constexpr double kTroubleCooldownMs = 10'000;
constexpr double kOverloadCooldownMs = 2'000;  // The whole provider is overloaded, not one key or place.
constexpr int kOverloadedStatus = 529;
constexpr int kTooLargeStatus = 413;
// Groq: the tier for flexible requests is full. https://console.groq.com/docs/errors
constexpr int kTierFullStatus = 498;

constexpr double kNamedWaitMsMax = 86'400'000;  // A longer wait has no practical use.

// Reads `digits` or `digits.digits`, the form in which providers write seconds.
std::optional<double> read_number(std::string_view text) {
  if (text.empty()) return std::nullopt;
  double value = 0;
  double unit = 0;  // The value of the next digit after the point; 0: no point yet.
  for (const char c : text) {
    if (c == '.' && unit == 0) {
      unit = 0.1;
    } else if (c < '0' || c > '9') {
      return std::nullopt;
    } else if (unit == 0) {
      value = value * 10 + (c - '0');
    } else {
      value += unit * (c - '0');
      unit /= 10;
    }
  }
  return value;
}

// Milliseconds until a date like "Wed, 21 Oct 2015 07:28:00 GMT". https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7
std::optional<double> time_until_ms(std::string_view date, double now_ms) {
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  if (date.size() != 29) return std::nullopt;
  const size_t at = kMonths.find(date.substr(8, 3));
  if (at == kMonths.npos || at % 3 != 0) return std::nullopt;
  const size_t month = at / 3 + 1;
  std::string time(date.substr(12, 4));
  time.append(month < 10 ? "-0" : "-").append(std::to_string(month)).append("-").append(date.substr(5, 2));
  time.append("T").append(date.substr(17, 8)).append("Z");
  const std::optional<int64_t> then_ms = read_rfc3339_ms(time);
  if (!then_ms) return std::nullopt;
  return std::max(0.0, static_cast<double>(*then_ms) - now_ms);
}

// Codes and types of errors in the gateway's account or in the model. They count whatever the status is: OpenAI reports
// an empty account as a rate limit or a bad request, and Groq reports a missing model as a bad request. Other words of
// other hosts are mapped to these codes in dialects/common/errors/words.cpp.
// https://platform.openai.com/docs/guides/error-codes#api-errors
constexpr std::string_view kRefusalWords[] = {"insufficient_quota", "invalid_api_key", "model_not_found",
                                              "model_decommissioned"};
constexpr std::string_view kBillingPrefix = "billing";

bool names_refusal(const Error& error) {
  if (error.fault == Fault::kNoMoney) return true;
  for (const std::string& word : {code_of(error), error.provider_type}) {
    if (word.starts_with(kBillingPrefix)) return true;
    if (std::find(std::begin(kRefusalWords), std::end(kRefusalWords), word) != std::end(kRefusalWords)) return true;
  }
  return false;
}

// True if the provider refused the gateway: its key, its account, its address, or the model. The client's own key was
// valid.
bool is_refusal(const Error& error) {
  if (error.upstream_status >= 300 && error.upstream_status < 400) return true;
  const int status = status_of(error);
  switch (status) {
    case 401:
    case 402:
    case 403:
    case 404:
    case 405:
    case 410: return true;
    default: return status >= 400 && status < 500 && names_refusal(error);
  }
}

// True if one request is larger than the account may ever send. Another account may have a higher limit.
// https://console.groq.com/docs/rate-limits
bool is_account_limit(const Error& error) {
  return status_of(error) == kTooLargeStatus && code_of(error) == "rate_limit_exceeded";
}

bool is_overload(const Error& error) {
  return error.upstream_status == kOverloadedStatus || status_of(error) == kOverloadedStatus ||
         status_of(error) == kTierFullStatus || error.code == "overloaded";
}

Outlook outlook_of_status(const Error& error, const providers::Kind& kind) {
  if (is_refusal(error) || is_account_limit(error)) return Outlook::kOtherTarget;
  const int status = status_of(error);
  switch (status) {
    case 409: return kind.conflict_passes ? Outlook::kPassing : Outlook::kFinal;
    case 408:
    case 429:
    case 500:
    case 502:
    case 503:
    case 504:
    case kTierFullStatus:
    case kOverloadedStatus: return Outlook::kPassing;
    default: return status >= 500 ? Outlook::kOtherTarget : Outlook::kFinal;
  }
}

Outlook outlook_by_itself(const Error& error, const providers::Kind& kind) {
  switch (error.kind) {
    case ErrorKind::kUpstreamRefused: return outlook_of_status(error, kind);
    case ErrorKind::kUpstreamUnreachable:
    case ErrorKind::kUpstreamCut: return Outlook::kPassing;
    case ErrorKind::kUpstreamTimeout:   // Much time has passed, and the upstream may still be working.
    case ErrorKind::kUpstreamBadReply:  // It worked, and would probably answer the same again.
    case ErrorKind::kInternal: return Outlook::kOtherTarget;
    case ErrorKind::kBadRequest:
    case ErrorKind::kUnsupportedParameter:
    case ErrorKind::kUnauthorized:
    case ErrorKind::kNotConfigured:
    case ErrorKind::kRouteNotFound:
    case ErrorKind::kMethodNotAllowed:
    case ErrorKind::kModelNotFound:
    case ErrorKind::kBodyTooLarge:
    case ErrorKind::kRequestTimeout:
    case ErrorKind::kBusy:
    case ErrorKind::kPermissionDenied:
    case ErrorKind::kModelNotAllowed:
    case ErrorKind::kModelNotPriced:
    case ErrorKind::kKeyLimit:
    case ErrorKind::kBudgetReserved:
    case ErrorKind::kBudgetSpent:
    case ErrorKind::kKeyNotFound:
    case ErrorKind::kKeyTaken:
    case ErrorKind::kTooManyKeys:
    case ErrorKind::kKeyStoreUnavailable: return Outlook::kFinal;
  }
  __builtin_unreachable();
}

}  // namespace

RetryAdvice read_advice(const std::vector<providers::Header>& headers, const Error& error, double now_ms) {
  RetryAdvice advice{.should_retry = {}, .wait_ms = error.retry_after_s * 1000.0};
  bool in_ms = false;  // The header with milliseconds wins.
  for (const auto& [name, value] : headers) {
    if (name == "x-should-retry" && (value == "true" || value == "false")) advice.should_retry = value == "true";
    if (name == "retry-after-ms") {
      const std::optional<double> wait_ms = read_number(value);
      if (wait_ms) advice.wait_ms = *wait_ms;
      in_ms = wait_ms.has_value();
    }
    if (name == "retry-after" && !in_ms) {
      const std::optional<double> wait_s = read_number(value);
      const std::optional<double> wait_ms = wait_s ? *wait_s * 1000 : time_until_ms(value, now_ms);
      if (wait_ms) advice.wait_ms = *wait_ms;
    }
  }
  advice.wait_ms = std::min(advice.wait_ms, kNamedWaitMsMax);
  return advice;
}

Outlook outlook_of(const Error& error, const RetryAdvice& advice, const providers::Kind& kind) {
  // The problem is in the gateway, so the provider's advice on retries does not apply.
  if (error.kind == ErrorKind::kBusy) return Outlook::kFinal;
  Outlook outlook = outlook_by_itself(error, kind);
  if (advice.should_retry == true) outlook = Outlook::kPassing;
  const bool too_long = advice.wait_ms > kObeyedWaitMsMax;
  if (outlook == Outlook::kPassing && (too_long || advice.should_retry == false)) return Outlook::kOtherTarget;
  return outlook;
}

Hope hope_of(const Error& error, Outlook outlook) {
  if (outlook == Outlook::kFinal) return Hope::kNone;
  if (outlook != Outlook::kPassing && (is_refusal(error) || is_account_limit(error))) return Hope::kRefusal;
  if (status_of(error) == 429 || is_overload(error)) return Hope::kBusy;
  return Hope::kTrouble;
}

double wait_before_retry_ms(const RetryAdvice& advice, double since_ms, uint32_t retries_made, uint32_t random) {
  double most_ms = kFirstBackOffMs;
  for (uint32_t i = 0; i < retries_made && most_ms < kBackOffMsMax; ++i) most_ms *= 2;
  most_ms = std::min(most_ms, kBackOffMsMax);
  const double share = 0.5 + 0.5 * random / 0xFFFFFFFF;
  const double back_off_ms = static_cast<double>(static_cast<uint32_t>(most_ms * share));  // Whole milliseconds.
  if (advice.wait_ms == 0) return back_off_ms;
  return std::max(advice.wait_ms - since_ms, std::min(advice.wait_ms, back_off_ms));
}

double cooldown_ms(const Error& error, const RetryAdvice& advice) {
  const int status = status_of(error);
  const double named_ms = std::min(advice.wait_ms, kCooldownMsMax);
  if (is_refusal(error)) return kRefusalCooldownMs;
  if (error.upstream_status == kOverloadedStatus || status == kOverloadedStatus) return kOverloadCooldownMs;
  if (status == 429) return named_ms > 0 ? named_ms : kRateLimitCooldownMs;
  if (status == 408 || status >= 500) return named_ms > 0 ? named_ms : kTroubleCooldownMs;
  return 0;
}

}  // namespace onellm::gateway
