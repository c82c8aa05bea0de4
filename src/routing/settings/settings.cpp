#include "routing/settings/settings.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/text.h"
#include "routing/settings/aliases.h"
#include "routing/settings/providers.h"
#include "routing/settings/values.h"

namespace onellm::routing {

namespace {

// setTimeout() of JavaScript fires at once if the delay is larger than a 32-bit integer.
// https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html#timer-initialisation-steps
constexpr uint32_t kTimeoutMsMax = 0x7FFFFFFF;

constexpr std::string_view kPrices = "ONELLM_PRICES";

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

std::shared_ptr<const prices::Overrides> read_prices(SettingValues& values) {
  const std::string text = values.json(kPrices);
  if (text.empty()) return nullptr;
  std::vector<std::string> problems;
  auto overrides = prices::read_overrides(text, problems);
  for (const std::string& problem : problems) values.report(kPrices, problem);
  return overrides;
}

std::shared_ptr<const models::Overrides> read_model_rules(SettingValues& values) {
  static constexpr std::string_view kSetting = "ONELLM_MODEL_RULES";
  const std::string text = values.json(kSetting);
  if (text.empty()) return nullptr;
  std::vector<std::string> problems;
  auto rules = models::read_overrides(text, problems);
  for (const std::string& problem : problems) values.report(kSetting, problem);
  return rules;
}

LogLevel read_log_level(SettingValues& values) {
  static constexpr std::string_view kSetting = "ONELLM_LOG_LEVEL";
  static constexpr std::pair<std::string_view, LogLevel> kLevels[] = {{"off", LogLevel::kOff},
                                                                      {"error", LogLevel::kError},
                                                                      {"warn", LogLevel::kWarn},
                                                                      {"info", LogLevel::kInfo},
                                                                      {"debug", LogLevel::kDebug}};
  const std::string word = ascii_lower(values.text(kSetting));
  for (const auto& [name, level] : kLevels) {
    if (word == name) return level;
  }
  if (!word.empty()) values.report(kSetting, "must be off, error, warn, info or debug; info is used");
  return LogLevel::kInfo;
}

bool read_platform(SettingValues& values) {
  constexpr const char* kSetting = "ONELLM_PLATFORM";
  const std::string word = ascii_lower(values.text(kSetting));
  if (!word.empty() && word != "workerd" && word != "cloudflare") {
    values.report(kSetting, "must be workerd or cloudflare; cloudflare is used");
  }
  return word == "workerd";
}

void read_provider(const providers::Kind& kind, SettingValues& values, std::vector<providers::Provider>& out) {
  switch (kind.setup) {
    case providers::Setup::kNothing: {
      providers::Provider provider;
      provider.kind = &kind;
      provider.name = kind.name;
      provider.quirks = kind.quirks;
      out.push_back(std::move(provider));
      return;
    }
    case providers::Setup::kKey: return read_keyed_provider(kind, values, out);
    case providers::Setup::kResources: return read_azure_resources(kind, values, out);
    case providers::Setup::kEntry: return;  // Read by read_provider_entries(): such hosts have no row in the registry.
  }
}

// Built-in providers are read only if no entry has their name.
void read_providers(SettingValues& values, Settings& settings) {
  std::vector<providers::Provider> entries;
  settings.entry_names = read_provider_entries(values, entries);
  for (const providers::Kind* kind : providers::kinds()) {
    if (!settings.has_entry(kind->name)) read_provider(*kind, values, settings.providers);
  }
  std::move(entries.begin(), entries.end(), std::back_inserter(settings.providers));
}

}  // namespace

bool Settings::has_entry(std::string_view name) const {
  return std::find(entry_names.begin(), entry_names.end(), name) != entry_names.end();
}

std::string kv_key_of(std::string_view setting) {
  return setting == kPrices ? "prices" : std::string("config:").append(setting);
}

Settings read_settings(std::string_view env_json, const std::map<std::string, std::string>& kv) {
  SettingValues values(env_json, kv);
  Settings settings;
  settings.api_key = values.text("ONELLM_API_KEY");
  read_providers(values, settings);
  settings.aliases = read_aliases(values, settings.providers);
  settings.prices = read_prices(values);
  settings.model_rules = read_model_rules(values);
  read_limits(values, settings);
  settings.log_level = read_log_level(values);
  settings.log_bodies = values.number_or_zero("ONELLM_LOG_BODIES", 0, 1) == 1;
  settings.auto_cache = values.number_or_zero("ONELLM_AUTO_CACHE", 1, 1) == 1;
  settings.has_kv = values.has_binding("ONELLM_KV");
  settings.has_analytics = values.has_binding("ONELLM_ANALYTICS");
  settings.has_key_registry = values.has_binding("ONELLM_KEYS_OBJECT");
  settings.has_key_limiter = values.has_binding("ONELLM_LIMITER_OBJECT");
  settings.is_plain_workerd = read_platform(values);
  settings.has_trusted_proxy = values.number_or_zero("ONELLM_TRUSTED_PROXIES", 0, 1) == 1;
  settings.ledger = read_ledger(values);
  settings.ledger_days = static_cast<uint32_t>(values.number("ONELLM_LEDGER_DAYS", kLedgerDaysDefault, kLedgerDaysMax));
  settings.analytics_api = read_analytics_api(values);
  if (settings.has_kv) settings.from_kv = values.wanted_from_kv();
  settings.problems = values.take_problems();
  return settings;
}

}  // namespace onellm::routing
