#include "gateway/usage/dashboard/figures.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/limits.h"

namespace onellm::gateway {
namespace {

using Json = nlohmann::json;

Json whole() {
  Json latencies = Json::array();
  for (int i = 0; i < 32; ++i) latencies.push_back(i);
  const Json sums = {{"requests", 2},
                     {"cost_pico_usd", "123456789012345678901234"},
                     {"cache_saved_pico_usd", "-5000000000000"},
                     {"timed_tokens", 7},
                     {"latencies", latencies}};
  Json model = sums;
  model["model"] = "m\"1";
  model["provider"] = "";
  return {{"total", sums},
          {"previous", {{"requests", 1}, {"latencies", nullptr}}},
          {"times", {{{"time", 5}, {"requests", 2}, {"errors", 1}, {"latencies", latencies}}}},
          {"series", {{{"name", "m"}, {"times", {{5, "7", 2}}}}}},
          {"models", {model}},
          {"models_left_off", 3},
          {"together", {{{"model", "m"}, {"asked", 3}, {"first", 2}, {"failed", 1}, {"cost_pico_usd", "9"}}}},
          {"sessions",
           {{{"id", "s"},
             {"key", "master"},
             {"requests", 1},
             {"prompt_tokens", 2},
             {"completion_tokens", 3},
             {"cached_tokens", 4},
             {"cost_pico_usd", "5"},
             {"agents", {"codex"}},
             {"first_ms", 6},
             {"last_ms", 7}}}},
          {"names", {{"models", {"m"}}, {"providers", {"p", ""}}, {"keys", {"master"}}}}};
}

TEST(DashboardFigures, AreReadWithEveryDigit) {
  const std::optional<DashboardFigures> read = read_dashboard_figures(whole().dump());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->total.sums[Sum::kRequests], 2);
  EXPECT_EQ(read->total.cost.text(), "123456789012.345678901234");
  EXPECT_EQ(read->total.cache_saved.text(), "-5");
  EXPECT_EQ(read->total.page_sums[PageSum::kTimedTokens], 7);
  EXPECT_EQ(read->total.latencies.counts[31], 31);
  EXPECT_FALSE(read->previous.latencies.has_any());
  ASSERT_EQ(read->times.size(), 1U);
  EXPECT_EQ(read->times[0].errors, 1);
  ASSERT_EQ(read->series.size(), 1U);
  EXPECT_EQ(read->series[0].points.at(0).requests, 2);
  ASSERT_EQ(read->models.size(), 1U);
  EXPECT_EQ(read->models[0].model, "m\"1");
  EXPECT_EQ(read->models_left_off, 3);
  EXPECT_EQ(read->together.at(0).failed, 1);
  EXPECT_EQ(read->sessions.at(0).agents, std::vector<std::string>{"codex"});
  EXPECT_EQ(read->sessions.at(0).last_ms, 7);
  EXPECT_EQ(read->providers_named, (std::vector<std::string>{"p", ""}));
}

TEST(DashboardFigures, NeedTheTotalAndNoOtherMember) {
  const Json all = whole();
  for (const auto& [name, value] : all.items()) {
    Json less = all;
    less.erase(name);
    EXPECT_EQ(read_dashboard_figures(less.dump()).has_value(), name != "total") << name;
  }
}

TEST(DashboardFigures, AreNotReadFromGarbage) {
  for (const char* text : {"", "no json", "[]", "7", "null", "{}", R"({"total":{})", R"({"total":{}} more)"}) {
    EXPECT_FALSE(read_dashboard_figures(text)) << text;
  }
}

TEST(DashboardFigures, CountAMemberOfAnotherTypeAsNothing) {
  const Json all = whole();
  for (const Json& wrong : {Json(7), Json("x"), Json(nullptr), Json::array({1, nullptr}), Json{{"a", 1}}, Json(true)}) {
    for (const auto& [name, value] : all.items()) {
      Json changed = all;
      changed[name] = wrong;
      const std::optional<DashboardFigures> read = read_dashboard_figures(changed.dump());
      ASSERT_TRUE(read) << changed;
      EXPECT_GE(read->models_left_off, 0);
    }
  }
}

TEST(DashboardFigures, AreBounded) {
  Json huge = {{"total", {{"requests", 1e300}, {"errors", -5}}}};
  for (int i = 0; i < 2'000; ++i) {
    huge["models"].push_back({{"model", "m"}});
    huge["times"].push_back({{"time", i}});
    huge["series"].push_back({{"name", "m"}});
    huge["sessions"].push_back({{"id", "s"}, {"agents", Json::array({1, 2, 3, 4, 5, 6, 7, 8, 9})}});
    huge["together"].push_back({{"model", "m"}});
    huge["total"]["latencies"].push_back(1);
  }
  const std::optional<DashboardFigures> read = read_dashboard_figures(huge.dump());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->total.sums[Sum::kRequests], INT64_MAX);
  EXPECT_EQ(read->total.sums[Sum::kErrors], 0);
  EXPECT_EQ(read->models.size(), static_cast<size_t>(kDashboardModelsMax));
  EXPECT_EQ(read->times.size(), static_cast<size_t>(kDashboardDaysMax));
  EXPECT_EQ(read->series.size(), static_cast<size_t>(kDashboardSeriesMax + 1));
  EXPECT_EQ(read->sessions.size(), static_cast<size_t>(kDashboardSessionsMax));
  EXPECT_EQ(read->sessions[0].agents.size(), kSessionAgentsMax);
  EXPECT_EQ(read->together.size(), static_cast<size_t>(kDashboardTogetherMax));
}

}  // namespace
}  // namespace onellm::gateway
