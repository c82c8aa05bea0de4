// The deployment's configuration: names and values as Cloudflare hands them over, made into what the
// gateway works with. A malformed setting is reported by name, never by value, and costs only the
// provider it belongs to.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "providers/provider.h"

namespace onellm::routing {

struct Settings {
  std::string api_key;                                      // ONELLM_API_KEY; empty: the gateway stays closed.
  std::vector<providers::Provider> providers;               // In the order of the registry, then of ONELLM_PROVIDERS.
  std::map<std::string, std::string, std::less<>> aliases;  // Name to one leg's text (`a|b`).
  size_t body_bytes_max = kBodyBytesMaxDefault;
  uint32_t connect_timeout_ms = kConnectTimeoutMsDefault;
  uint32_t first_token_timeout_ms = kFirstTokenTimeoutMsDefault;
  uint32_t idle_timeout_ms = kIdleTimeoutMsDefault;
  uint32_t total_timeout_ms = kTotalTimeoutMsDefault;  // From the request to the first byte of the answer.
  uint32_t retries = kRetriesDefault;                  // Of one leg, after each of its targets was asked once.
  bool connect_timeout_set = false;                    // ONELLM_CONNECT_TIMEOUT_MS was given.
  bool has_kv = false;                                 // A binding ONELLM_KV is there.
  bool has_analytics = false;                          // A binding ONELLM_ANALYTICS is there.
  std::vector<std::string> problems;                   // "ONELLM_PROVIDERS: groq: base is missing": never a value.
  std::vector<std::string> from_kv;  // Settings that were not given and may stand in KV as config:<name>.

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

}  // namespace onellm::routing
