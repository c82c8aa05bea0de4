#include "routing/settings.h"

#include "routing/alias_settings.h"
#include "routing/provider_settings.h"
#include "routing/setting_values.h"

namespace onellm::routing {

namespace {

// setTimeout() of JavaScript fires at once where the delay is no 32-bit integer.
// https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html#timer-initialisation-steps
constexpr uint32_t kTimeoutMsMax = 0x7FFFFFFF;

void read_limits(SettingValues& values, Settings& settings) {
  settings.body_bytes_max =
      static_cast<size_t>(values.number("ONELLM_MAX_BODY_BYTES", kBodyBytesMaxDefault, kBodyBytesMaxCeiling));
  const auto timeout = [&](std::string_view setting, uint32_t fallback) {
    return static_cast<uint32_t>(values.number(setting, fallback, kTimeoutMsMax));
  };
  const uint32_t connect_timeout_ms = timeout("ONELLM_CONNECT_TIMEOUT_MS", 0);
  settings.connect_timeout_set = connect_timeout_ms != 0;
  if (settings.connect_timeout_set) settings.connect_timeout_ms = connect_timeout_ms;
  settings.first_token_timeout_ms = timeout("ONELLM_FIRST_TOKEN_TIMEOUT_MS", kFirstTokenTimeoutMsDefault);
  settings.idle_timeout_ms = timeout("ONELLM_IDLE_TIMEOUT_MS", kIdleTimeoutMsDefault);
  settings.total_timeout_ms = timeout("ONELLM_TOTAL_TIMEOUT_MS", kTotalTimeoutMsDefault);
  settings.retries = static_cast<uint32_t>(values.number_or_zero("ONELLM_RETRIES", kRetriesDefault, kRetriesMax));
}

void read_provider(const providers::Kind& kind, SettingValues& values, std::vector<providers::Provider>& out) {
  switch (kind.setup) {
    case providers::Setup::kNothing: {
      providers::Provider provider;
      provider.kind = &kind;
      provider.name = kind.name;
      provider.native = kind.native;
      out.push_back(std::move(provider));
      return;
    }
    case providers::Setup::kKey: return read_keyed_provider(kind, values, out);
    case providers::Setup::kResources: return read_azure_resources(kind, values, out);
    case providers::Setup::kEntry: return;  // Not in the registry: such hosts have no names of their own there.
  }
}

}  // namespace

Settings read_settings(std::string_view env_json, const std::map<std::string, std::string>& kv) {
  SettingValues values(env_json, kv);
  Settings settings;
  settings.api_key = values.text("ONELLM_API_KEY");
  for (const providers::Kind* kind : providers::kinds()) read_provider(*kind, values, settings.providers);
  read_provider_entries(values, settings.providers);
  settings.aliases = read_aliases(values);
  read_limits(values, settings);
  settings.has_kv = values.has_binding("ONELLM_KV");
  settings.has_analytics = values.has_binding("ONELLM_ANALYTICS");
  if (settings.has_kv) settings.from_kv = values.wanted_from_kv();
  settings.problems = values.take_problems();
  return settings;
}

}  // namespace onellm::routing
