// The deployment's configuration: names and values as Cloudflare hands them over, made into what the
// gateway works with. A malformed setting is reported by name, never by value, and costs only the
// provider it belongs to.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "models/overrides.h"
#include "prices/prices.h"
#include "providers/provider.h"
#include "routing/settings/usage.h"

namespace onellm::routing {

// Which requests get a line in the console, from none to all of them.
enum class LogLevel : uint8_t {
  kOff,
  kError,  // Those that failed on our side or a provider's.
  kWarn,   // All that failed, or had a leg that did.
  kInfo,   // All.
  kDebug,  // All, with every call that was made.
};

struct Settings {
  std::string api_key;                                      // ONELLM_API_KEY; empty: the gateway stays closed.
  std::vector<providers::Provider> providers;               // In the order of the registry, then of ONELLM_PROVIDERS.
  std::map<std::string, std::string, std::less<>> aliases;  // Name to one leg's text (`a|b`).
  size_t body_bytes_max = kBodyBytesMaxDefault;
  uint32_t connect_timeout_ms = kConnectTimeoutMsDefault;
  uint32_t first_token_timeout_ms = kFirstTokenTimeoutMsDefault;
  uint32_t idle_timeout_ms = kIdleTimeoutMsDefault;
  uint32_t total_timeout_ms = kTotalTimeoutMsDefault;    // From the request to the first byte of the answer.
  std::shared_ptr<const prices::Overrides> prices;       // ONELLM_PRICES, or KV `prices`; null: none were set.
  std::shared_ptr<const models::Overrides> model_rules;  // ONELLM_MODEL_RULES; null: none were set.
  uint32_t retries = kRetriesDefault;                    // Of one leg, after each of its targets was asked once.
  bool connect_timeout_set = false;                      // ONELLM_CONNECT_TIMEOUT_MS was given.
  LogLevel log_level = LogLevel::kInfo;                  // ONELLM_LOG_LEVEL.
  bool log_bodies = false;                               // ONELLM_LOG_BODIES: what was asked and answered is logged.
  bool auto_cache = true;                                // ONELLM_AUTO_CACHE: Claude keeps prompts of agents.
  bool has_kv = false;                                   // A binding ONELLM_KV is there.
  bool has_analytics = false;                            // A binding ONELLM_ANALYTICS is there.
  bool ledger = false;                                   // ONELLM_LEDGER: calls are added up in the ledger object.
  uint32_t ledger_days = kLedgerDaysDefault;             // ONELLM_LEDGER_DAYS: how long they stay there.
  AnalyticsApi analytics_api;                            // Where usage is read, instead of the ledger.
  std::vector<std::string> problems;                     // "ONELLM_PROVIDERS: groq: base is missing": never a value.
  std::vector<std::string> from_kv;                      // Settings that were not given and may stand in KV.

  // How long the head of a reply may take. A reply that is no stream sends its head when all of it is
  // ready: unless the connect timeout was set, it has as long as the first event of a stream.
  [[nodiscard]] bool head_is_first_token(bool stream) const { return !stream && !connect_timeout_set; }
  [[nodiscard]] uint32_t head_timeout_ms(bool stream) const {
    return head_is_first_token(stream) ? first_token_timeout_ms : connect_timeout_ms;
  }
  [[nodiscard]] const char* head_timeout_setting(bool stream) const {
    return head_is_first_token(stream) ? "ONELLM_FIRST_TOKEN_TIMEOUT_MS" : "ONELLM_CONNECT_TIMEOUT_MS";
  }
};

// `env_json` is an object: every variable and secret by name (string, or a JSON value from [vars]),
// and under "bindings" the names of the bindings that are there. `kv` holds what was found in KV, by
// setting name; a variable wins over it.
[[nodiscard]] Settings read_settings(std::string_view env_json, const std::map<std::string, std::string>& kv);

// The key under which a setting stands in KV: "config:ONELLM_ALIASES", and "prices" of ONELLM_PRICES.
[[nodiscard]] std::string kv_key_of(std::string_view setting);

}  // namespace onellm::routing
