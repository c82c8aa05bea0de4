// What is known about one call to an upstream when it is over, or about a request that called none.
//
// Rule: Data points, log lines and rows of the ledger are all made from this record, so they cannot disagree.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "chat/usage.h"
#include "gateway/keys/spend/reserve.h"
#include "prices/prices.h"

namespace onellm::gateway {

// The status of a request whose client left. It comes from nginx and is only recorded, never sent.
inline constexpr int kClientClosedRequest = 499;

enum class Outcome : uint8_t {
  kOk,
  kError,       // The upstream or the gateway failed; `error_code` gives the reason.
  kClientGone,  // The client left before the end.
  kLost,        // Another leg won the race.
  kRefused,     // The gateway refused the request and called no upstream.
};
[[nodiscard]] std::string_view to_string(Outcome outcome);

// Where the usage comes from.
enum class UsageSource : uint8_t {
  kNone,       // No usage is known.
  kReported,   // The provider reported it.
  kEstimated,  // The provider did not report all of it.
};
[[nodiscard]] std::string_view to_string(UsageSource source);

// The sum of two costs. Nothing if one of them is unknown, because a partial sum would be wrong.
[[nodiscard]] std::optional<prices::PicoUsd> sum_of_costs(std::optional<prices::PicoUsd> one,
                                                          std::optional<prices::PicoUsd> other);

// How a call counts among those of a request with several legs. A leg is asked once of each model that it tries,
// however often: the last of those calls counts.
struct TogetherPart {
  bool is_counted = false;  // It stands for a model that was asked together with others.
  bool was_first = false;   // Its content came first of all legs.
  std::string sent = {};    // The provider's own name of the model that was asked for. Only with several legs.
  std::string listed = {};  // The name under which the settings list that model; empty: they do not.
};

struct CallRecord {
  std::string request_id;
  std::string key_id;        // "master"; empty: the request had no valid key.
  std::string key_name;      // For display.
  std::string model_asked;   // The leg as the client wrote it, limited in length. Empty if there is none.
  std::string model_served;  // The model that the reply names, else the one that was asked for. Empty: no upstream.
  bool model_named = false;  // The reply itself named its model.
  std::string provider;      // Empty: no upstream.
  std::string resource;      // The Azure resource.
  std::string_view route;    // "/v1/chat/completions": one of a fixed list.
  Outcome outcome = Outcome::kOk;
  std::string error_code;
  std::string_view merge;  // "concat", "choices", "race"; empty: one leg.
  std::string country;     // The client's country, two letters; empty: unknown.
  std::string colo;        // Cloudflare's name of the data centre; empty: unknown.

  int status = 0;              // The status for the client; for a failed attempt its own.
  double ended_ms = 0;         // Since 1970.
  int64_t total_ms = 0;        // Duration of the call.
  int64_t first_token_ms = 0;  // From the call's start to its first content; 0: no content.
  double content_at_ms = 0;    // When the first content of the leg came, if this call brought it, since 1970; else 0.
  chat::Usage usage;
  UsageSource usage_source = UsageSource::kNone;
  std::optional<prices::PicoUsd> cost;  // Nothing: unknown. At most kCallCostPicoUsdMax.
  prices::PicoUsd cache_saved = 0;      // prices::Costs, at most as much in either direction.
  int attempt = 0;                      // Number of the call within its leg, from 1; 0: no upstream was called.
  int leg = 0;                          // Index of the leg within the request, from 0.
  int legs = 0;                         // Number of the request's legs; 0: the request was refused before.
  bool first = false;                   // True for exactly one record of each request: count these to count requests.
  int64_t bytes_in = 0;                 // Bytes of the client's request body.
  int64_t bytes_out = 0;                // Bytes of this call's reply.
  // The time before the call that was not spent on earlier calls of its leg: reading settings and body, and waiting
  // between retries. If the clock stands still while code runs, CPU time is not included.
  int64_t overhead_ms = 0;
  TogetherPart together;   // What this call says about models that were asked together.
  Reserve reserved;        // By the key, before the call.
  std::string reply_text;  // The text of the answer; only if bodies are logged (ONELLM_LOG_BODIES).
};

}  // namespace onellm::gateway
