// Settings of where usage is kept and read: the ledger, and the SQL API of Analytics Engine.
#pragma once

#include <string>

#include "routing/settings/values.h"

namespace onellm::routing {

// How Analytics Engine is asked.
// https://developers.cloudflare.com/analytics/analytics-engine/sql-api/
struct AnalyticsApi {
  std::string url;  // Empty: it is not to be asked.
  std::string token;
  std::string dataset;
};

// ONELLM_LEDGER, where its binding is there.
[[nodiscard]] bool read_ledger(SettingValues& values);

// CF_ACCOUNT_ID, CF_API_TOKEN, CF_API_BASE, ONELLM_ANALYTICS_DATASET.
[[nodiscard]] AnalyticsApi read_analytics_api(SettingValues& values);

}  // namespace onellm::routing
