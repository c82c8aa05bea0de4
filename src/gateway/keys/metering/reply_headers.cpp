#include "gateway/keys/metering/reply_headers.h"

#include <string>

namespace onellm::gateway {

namespace {

constexpr std::string_view kRates = "ratelimit-";
constexpr std::string_view kUpstream = "x-onellm-upstream-";

// As OpenAI writes it: `1h2m3s`, `1.5s`, `20ms`.
std::string duration(int64_t ms) {
  if (ms < 1'000) return std::to_string(ms) + "ms";
  std::string text;
  if (ms >= 3'600'000) text += std::to_string(ms / 3'600'000) + "h";
  if (ms >= 60'000) text += std::to_string(ms / 60'000 % 60) + "m";
  text += std::to_string(ms / 1'000 % 60);
  if (ms % 1'000 != 0) {
    const std::string fraction = std::to_string(1'000 + ms % 1'000);
    text.append(".").append(fraction, 1);
    text.erase(text.find_last_not_of('0') + 1);
  }
  return text + "s";
}

void add_rates(dialects::HeaderList& headers, std::string_view what, const keys::RateStanding& standing) {
  const auto add = [&](std::string_view member, std::string value) {
    headers.emplace_back(std::string("x-ratelimit-").append(member).append("-").append(what), std::move(value));
  };
  add("limit", std::to_string(standing.limit));
  add("remaining", std::to_string(standing.remaining));
  add("reset", duration(standing.reset_ms));
}

}  // namespace

void set_key_headers(Context& context, const keys::Admission& admission) {
  KeyUse& use = context.key_use;
  use.headers.clear();
  use.renames_providers = admission.requests || admission.tokens;
  if (admission.requests) add_rates(use.headers, "requests", *admission.requests);
  if (admission.tokens) add_rates(use.headers, "tokens", *admission.tokens);
  context.client->add_rate_limits(use.headers, context.now_ms);
  if (admission.remaining) {
    use.headers.emplace_back("x-onellm-key-remaining-usd", prices::format_usd(*admission.remaining));
  }
  if (admission.output_tokens) {
    use.headers.emplace_back("x-onellm-max-tokens", std::to_string(*admission.output_tokens));
  }
}

dialects::HeaderList retry_headers_of(const keys::Refusal& refusal) {
  dialects::HeaderList headers;
  if (refusal.retry_after_ms) {
    headers.emplace_back("retry-after", std::to_string((*refusal.retry_after_ms + 999) / 1000));
    headers.emplace_back("retry-after-ms", std::to_string(*refusal.retry_after_ms));
  }
  if (refusal.should_retry) headers.emplace_back("x-should-retry", *refusal.should_retry ? "true" : "false");
  return headers;
}

void pass_rate_headers(const Context& context, dialects::HeaderList& headers) {
  if (!context.key_use.renames_providers) return context.client->add_rate_limits(headers, context.now_ms);
  for (auto& [name, value] : headers) {
    const size_t rates = name.find(kRates);
    if (rates != name.npos) name.replace(0, rates, kUpstream);
  }
}

}  // namespace onellm::gateway
