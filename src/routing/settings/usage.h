// Reads the settings for storing and reading usage: the ledger, and the SQL API of Analytics Engine.
#pragma once

#include <string>

#include "routing/settings/values.h"

namespace onellm::routing {

// The access to Analytics Engine.
// https://developers.cloudflare.com/analytics/analytics-engine/sql-api/
struct AnalyticsApi {
  std::string url;  // Empty: Analytics Engine is not used.
  std::string token;
  std::string dataset;
};

// Whether the ledger is on: it is if its binding exists, unless ONELLM_LEDGER is 0. Reports a 1 without the binding.
[[nodiscard]] bool read_ledger(SettingValues& values);

// CF_ACCOUNT_ID, CF_API_TOKEN, CF_API_BASE, ONELLM_ANALYTICS_DATASET.
[[nodiscard]] AnalyticsApi read_analytics_api(SettingValues& values);

}  // namespace onellm::routing
