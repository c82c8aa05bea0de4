#include "routing/settings/usage.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "routing/settings/settings.h"

namespace onellm::routing {
namespace {

using Json = nlohmann::json;
using Problems = std::vector<std::string>;

Settings read(const Json& env) { return read_settings(env.dump(), {}); }

TEST(UsageSettings, TurnTheLedgerOnWhereItsBindingIs) {
  EXPECT_FALSE(read(Json::object()).ledger);
  EXPECT_TRUE(read({{"bindings", {"ONELLM_LEDGER_OBJECT"}}}).ledger) << "it needs no setting";
  EXPECT_FALSE(read({{"ONELLM_LEDGER", "0"}, {"bindings", {"ONELLM_LEDGER_OBJECT"}}}).ledger);
  const Settings on = read({{"ONELLM_LEDGER", "1"}, {"bindings", {"ONELLM_LEDGER_OBJECT"}}});
  EXPECT_TRUE(on.ledger);
  EXPECT_EQ(on.ledger_days, 400U);
  EXPECT_EQ(on.problems, Problems());
  const Settings unbound = read({{"ONELLM_LEDGER", 1}});
  EXPECT_FALSE(unbound.ledger);
  EXPECT_EQ(unbound.problems,
            Problems{"ONELLM_LEDGER: needs the Durable Object binding ONELLM_LEDGER_OBJECT; nothing is kept"});
}

TEST(UsageSettings, SayHowLongTheLedgerKeeps) {
  EXPECT_EQ(read({{"ONELLM_LEDGER_DAYS", "30"}}).ledger_days, 30U);
  const Settings wrong = read({{"ONELLM_LEDGER_DAYS", "a month"}});
  EXPECT_EQ(wrong.ledger_days, 400U);
  EXPECT_EQ(wrong.problems.size(), 1U);
}

TEST(UsageSettings, SayHowAnalyticsEngineIsAsked) {
  const AnalyticsApi api = read({{"CF_ACCOUNT_ID", "abc123"}, {"CF_API_TOKEN", "token"}}).analytics_api;
  EXPECT_EQ(api.url, "https://api.cloudflare.com/client/v4/accounts/abc123/analytics_engine/sql");
  EXPECT_EQ(api.token, "token");
  EXPECT_EQ(api.dataset, "one_llm_api");
  EXPECT_EQ(read(Json::object()).analytics_api.url, "");
}

TEST(UsageSettings, ReportAnApiThatCannotBeAskedByNameAlone) {
  const std::pair<Json, const char*> wrong[] = {
      {{{"CF_ACCOUNT_ID", "abc"}}, "CF_API_TOKEN"},
      {{{"CF_API_TOKEN", "secret"}}, "CF_ACCOUNT_ID"},
      {{{"CF_ACCOUNT_ID", "a/b"}, {"CF_API_TOKEN", "secret"}}, "CF_ACCOUNT_ID"},
      {{{"CF_ACCOUNT_ID", "abc"}, {"CF_API_TOKEN", "sec\nret"}}, "CF_API_TOKEN"},
      {{{"CF_ACCOUNT_ID", "abc"}, {"CF_API_TOKEN", "secret"}, {"CF_API_BASE", "ftp://x"}}, "CF_API_BASE"},
      {{{"CF_ACCOUNT_ID", "abc"}, {"CF_API_TOKEN", "secret"}, {"ONELLM_ANALYTICS_DATASET", "a b; DROP"}},
       "ONELLM_ANALYTICS_DATASET"}};
  for (const auto& [env, setting] : wrong) {
    const Settings settings = read(env);
    EXPECT_EQ(settings.analytics_api.url, "") << env;
    ASSERT_EQ(settings.problems.size(), 1U) << env;
    EXPECT_TRUE(settings.problems[0].starts_with(setting)) << settings.problems[0];
    EXPECT_EQ(settings.problems[0].find("secret"), std::string::npos);
  }
}

}  // namespace
}  // namespace onellm::routing
