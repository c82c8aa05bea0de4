#include "routing/settings/usage.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "routing/settings/providers.h"

namespace onellm::routing {

namespace {

constexpr std::string_view kApiBaseDefault = "https://api.cloudflare.com/client/v4";
constexpr std::string_view kDatasetDefault = "one_llm_api";  // As in wrangler.toml.

bool is_word(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return is_letter_or_digit(c) || c == '_'; });
}

std::string text_or(SettingValues& values, std::string_view setting, std::string_view fallback) {
  std::string text = values.text(setting);
  return text.empty() ? std::string(fallback) : text;
}

}  // namespace

bool read_ledger(SettingValues& values) {
  static constexpr std::string_view kSetting = "ONELLM_LEDGER";
  const bool is_bound = values.has_binding("ONELLM_LEDGER_OBJECT");
  if (values.number_or_zero(kSetting, is_bound ? 1 : 0, 1) == 0) return false;
  if (is_bound) return true;
  values.report(kSetting, "needs the Durable Object binding ONELLM_LEDGER_OBJECT; nothing is kept");
  return false;
}

AnalyticsApi read_analytics_api(SettingValues& values) {
  const std::string account = values.text("CF_ACCOUNT_ID");
  AnalyticsApi api{.url = {}, .token = values.text("CF_API_TOKEN"), .dataset = {}};
  if (account.empty() && api.token.empty()) return {};
  const std::string base = text_or(values, "CF_API_BASE", kApiBaseDefault);
  api.dataset = text_or(values, "ONELLM_ANALYTICS_DATASET", kDatasetDefault);

  bool is_good = true;
  const auto check = [&](bool holds, std::string_view setting, std::string_view problem) {
    if (!holds) values.report(setting, problem);
    is_good = is_good && holds;
  };
  check(!account.empty(), "CF_ACCOUNT_ID", "is missing beside CF_API_TOKEN");
  check(!api.token.empty(), "CF_API_TOKEN", "is missing beside CF_ACCOUNT_ID");
  check(is_word(account), "CF_ACCOUNT_ID", "is not an account's id");
  check(is_header_value(api.token), "CF_API_TOKEN", "holds a character that a header cannot carry");
  check(is_base_url(base), "CF_API_BASE", "is not an http(s) URL without query");
  check(is_word(api.dataset), "ONELLM_ANALYTICS_DATASET", "is not a dataset's name");
  if (!is_good) return {};
  api.url.append(without_trailing_slashes(base)).append("/accounts/").append(account).append("/analytics_engine/sql");
  return api;
}

}  // namespace onellm::routing
