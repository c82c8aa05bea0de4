// What is known of one call to an upstream when it is over, or of a request that reached none: the one
// source of data points, log lines and rows of the ledger, so that they cannot disagree.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "chat/usage.h"
#include "prices/prices.h"

namespace onellm::gateway {

// The status of a request that nobody waits for any more. nginx's; no client gets to see it.
inline constexpr int kClientClosedRequest = 499;

enum class Outcome : uint8_t {
  kOk,
  kError,       // The upstream or the gateway failed it; `error_code` says how.
  kClientGone,  // The client left before the end.
  kLost,        // Another leg won the race.
  kRefused,     // The gateway refused the request; no upstream was asked.
};
[[nodiscard]] std::string_view to_string(Outcome outcome);

// How the usage is known.
enum class UsageSource : uint8_t {
  kNone,       // Nothing was used as far as we know.
  kReported,   // By the provider.
  kEstimated,  // The provider did not get to say it.
};
[[nodiscard]] std::string_view to_string(UsageSource source);

// Nothing where one of them is unknown: a sum of what happens to be known would be a lie.
[[nodiscard]] std::optional<prices::PicoUsd> sum_of_costs(std::optional<prices::PicoUsd> one,
                                                          std::optional<prices::PicoUsd> other);

struct CallRecord {
  std::string request_id;
  std::string key_id;        // "master"; empty: the request had no valid key.
  std::string key_name;      // For people.
  std::string model_asked;   // The leg's text as asked; bounded in length. Empty where there is none.
  std::string model_served;  // What the reply says, else what was asked of the provider. Empty: no upstream.
  bool model_named = false;  // The reply itself said so.
  std::string provider;      // Empty: no upstream.
  std::string resource;      // Azure: which one.
  std::string_view route;    // "/v1/chat/completions": one of a fixed list.
  Outcome outcome = Outcome::kOk;
  std::string error_code;
  std::string_view merge;  // "concat", "choices", "race"; empty: one leg.
  std::string country;     // Two letters, of the client; empty: unknown.
  std::string colo;        // Cloudflare's name of the data centre; empty: unknown.

  int status = 0;              // What the client may call it; of a failed attempt, its own.
  double ended_ms = 0;         // Since 1970.
  int64_t total_ms = 0;        // Of the call.
  int64_t first_token_ms = 0;  // From the call's start to its first content; 0: there was none.
  chat::Usage usage;
  UsageSource usage_source = UsageSource::kNone;
  std::optional<prices::PicoUsd> cost;  // Nothing: unknown. At most kCallCostPicoUsdMax.
  int attempt = 0;                      // Of its leg, from 1; 0: no upstream was asked.
  int leg = 0;                          // Which of the request's legs, from 0.
  int legs = 0;                         // Of the request; 0: it did not get so far.
  bool first = false;                   // True of just one record of each request: what counts requests counts these.
  int64_t bytes_in = 0;                 // Of the client's request body.
  int64_t bytes_out = 0;                // That this call's reply had.
  // Of the time before the call, what was spent on other things than earlier calls of its leg: reading
  // settings and body, and waiting between retries. A clock that stands still while code runs has no CPU in it.
  int64_t overhead_ms = 0;
  std::string reply_text;  // What was answered; only where bodies are logged (ONELLM_LOG_BODIES).
};

}  // namespace onellm::gateway
