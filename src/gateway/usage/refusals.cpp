#include "gateway/usage/refusals.h"

#include <string>

namespace onellm::gateway {

namespace {

// How Cloudflare's message ends when what the free plan has of Durable Objects is used up for the day.
// https://developers.cloudflare.com/durable-objects/platform/limits/
constexpr std::string_view kFreePlanUsedUp = "Durable Objects free tier";

// The problems of the settings that say where usage is kept.
std::string usage_problems(const routing::Settings& settings) {
  std::string out;
  for (const std::string_view problem : settings.problems) {
    const bool is_of_usage = problem.starts_with("CF_") || problem.starts_with("ONELLM_LEDGER") ||
                             problem.starts_with("ONELLM_ANALYTICS_DATASET");
    if (is_of_usage) out.append(" ").append(problem).append(".");
  }
  return out;
}

}  // namespace

Error usage_not_kept(const routing::Settings& settings) {
  Error error{.kind = ErrorKind::kNotConfigured, .message = "Usage is not kept here."};
  error.message += usage_problems(settings);
  error.message +=
      " Set ONELLM_LEDGER=1 (with the Durable Object binding ONELLM_LEDGER_OBJECT), or CF_ACCOUNT_ID and "
      "CF_API_TOKEN to read it from Analytics Engine.";
  return error;
}

Error no_usage_answer(ErrorKind kind, const char* whose) {
  return {.kind = kind, .message = std::string(whose) + " did not answer. Try again."};
}

Error ledger_failure(std::string_view message) {
  if (message.find(kFreePlanUsedUp) == message.npos) {
    return no_usage_answer(ErrorKind::kUpstreamUnreachable, "The ledger");
  }
  return {.kind = ErrorKind::kUpstreamUnreachable,
          .message =
              "What Cloudflare's free plan allows the ledger in a day is used up. Requests are answered as before; "
              "usage is shown again after midnight (UTC)."};
}

}  // namespace onellm::gateway
