// Reads the configuration of the deployment from the variables that Cloudflare provides.
//
// Rule: a malformed setting is reported by name, never by value, and disables only the provider that it belongs to.
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

// Which requests get a line in the console.
enum class LogLevel : uint8_t {
  kOff,
  kError,  // Requests that failed in the gateway or at a provider.
  kWarn,   // All that failed, or that have a failed leg.
  kInfo,   // All.
  kDebug,  // All, with every call to a provider.
};

struct Settings {
  std::string api_key;                                      // ONELLM_API_KEY; empty: the gateway stays closed.
  std::vector<providers::Provider> providers;               // In the order of the registry, then of ONELLM_PROVIDERS.
  std::vector<std::string> entry_names;                     // Of ONELLM_PROVIDERS, also of entries left out.
  std::map<std::string, std::string, std::less<>> aliases;  // Name to the text of one leg (`a|b`).
  size_t body_bytes_max = kBodyBytesMaxDefault;
  uint32_t connect_timeout_ms = kConnectTimeoutMsDefault;
  uint32_t first_token_timeout_ms = kFirstTokenTimeoutMsDefault;
  uint32_t idle_timeout_ms = kIdleTimeoutMsDefault;
  uint32_t total_timeout_ms = kTotalTimeoutMsDefault;    // From the request to the first byte of the answer.
  std::shared_ptr<const prices::Overrides> prices;       // ONELLM_PRICES, or KV `prices`; null: none were set.
  std::shared_ptr<const models::Overrides> model_rules;  // ONELLM_MODEL_RULES; null: none were set.
  uint32_t retries = kRetriesDefault;                    // Of one leg, after each of its targets was tried once.
  bool connect_timeout_set = false;                      // ONELLM_CONNECT_TIMEOUT_MS was given.
  LogLevel log_level = LogLevel::kInfo;                  // ONELLM_LOG_LEVEL.
  bool log_bodies = false;                               // ONELLM_LOG_BODIES: requests and answers are logged.
  bool auto_cache = true;                                // ONELLM_AUTO_CACHE: Claude caches the prompts of agents.
  bool has_kv = false;                                   // The binding ONELLM_KV exists.
  bool has_analytics = false;                            // The binding ONELLM_ANALYTICS exists.
  bool has_key_registry = false;                         // The binding ONELLM_KEYS_OBJECT exists.
  bool has_key_limiter = false;                          // The binding ONELLM_LIMITER_OBJECT exists.
  bool is_plain_workerd = false;                         // ONELLM_PLATFORM=workerd: Cloudflare is not in front.
  bool has_trusted_proxy = false;                        // ONELLM_TRUSTED_PROXIES=1: a proxy names the client.
  bool ledger = false;                                   // Calls are added up in the ledger object.
  uint32_t ledger_days = kLedgerDaysDefault;             // ONELLM_LEDGER_DAYS: the ledger keeps them this long.
  AnalyticsApi analytics_api;                            // If set, usage is read here, not from the ledger.
  std::vector<std::string> problems;                     // "ONELLM_PROVIDERS: groq: base is missing": never a value.
  std::vector<std::string> from_kv;                      // Settings that are not set and may be in KV.

  // True if ONELLM_PROVIDERS has an entry of that name: then the name is not the built-in provider's.
  [[nodiscard]] bool has_entry(std::string_view name) const;

  // The timeout for the head of a reply. A reply that is no stream sends its head when the whole reply is ready. So it
  // has the timeout of the first event of a stream, unless the connect timeout is set.
  [[nodiscard]] bool head_is_first_token(bool stream) const { return !stream && !connect_timeout_set; }
  [[nodiscard]] uint32_t head_timeout_ms(bool stream) const {
    return head_is_first_token(stream) ? first_token_timeout_ms : connect_timeout_ms;
  }
  [[nodiscard]] const char* head_timeout_setting(bool stream) const {
    return head_is_first_token(stream) ? "ONELLM_FIRST_TOKEN_TIMEOUT_MS" : "ONELLM_CONNECT_TIMEOUT_MS";
  }
};

// `env_json` is an object with every variable and secret by name (string, or a JSON value from [vars]), and with the
// names of all bindings under "bindings". `kv` has the values found in KV, by setting name; a variable wins over it.
[[nodiscard]] Settings read_settings(std::string_view env_json, const std::map<std::string, std::string>& kv);

// The key of a setting in KV: "config:ONELLM_ALIASES", and "prices" for ONELLM_PRICES.
[[nodiscard]] std::string kv_key_of(std::string_view setting);

}  // namespace onellm::routing
