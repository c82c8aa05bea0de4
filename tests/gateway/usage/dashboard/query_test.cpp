#include "gateway/usage/dashboard/query.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace onellm::gateway {
namespace {

using Json = nlohmann::json;

constexpr double kNowMs = 1'700'000'000'000;  // 2023-11-14T22:13:20Z
constexpr int64_t kHour = 472'222;
constexpr int64_t kDay = 19'675;

DashboardQuery read(const std::string& more, std::string_view own_key = {}) {
  Result<DashboardQuery> query = read_dashboard_query("view=dashboard" + more, own_key, kNowMs);
  EXPECT_TRUE(query) << more << ": " << (query ? "" : query.error().message);
  return query ? *query : DashboardQuery{};
}

// The parameter that the refusal names.
std::string refused(const std::string& query, std::string_view own_key = {}) {
  Result<DashboardQuery> read = read_dashboard_query(query, own_key, kNowMs);
  if (read) return "(accepted)";
  const Error error = read.error();
  EXPECT_EQ(error.kind, ErrorKind::kBadRequest);
  EXPECT_TRUE(error.message.starts_with(error.param)) << error.message;
  return error.param;
}

TEST(DashboardQuery, IsWantedByTheViewAlone) {
  EXPECT_TRUE(wants_dashboard("view=dashboard"));
  EXPECT_TRUE(wants_dashboard("from=1&view=other")) << "a wrong view is refused, not overlooked";
  EXPECT_FALSE(wants_dashboard("from=1&group_by=view"));
}

TEST(DashboardQuery, IsTheLastThirtyDaysByDefault) {
  const DashboardQuery query = read("");
  EXPECT_EQ(query.step, DashboardStep::kDay);
  EXPECT_EQ(query.to, kDay + 1);
  EXPECT_EQ(query.from, kDay - 30);
  EXPECT_EQ(query.previous_from(), query.from - 31);
  EXPECT_EQ(query.series, SeriesKind::kModel);
  EXPECT_EQ(query.model, std::nullopt);
}

TEST(DashboardQuery, HasHoursUpToSevenDays) {
  EXPECT_EQ(read("&from=2023-11-08&to=2023-11-14").step, DashboardStep::kHour);
  EXPECT_EQ(read("&from=2023-11-07&to=2023-11-14").step, DashboardStep::kDay);
  const DashboardQuery hours = read("&step=hour");
  EXPECT_EQ(hours.to, kHour + 1);
  EXPECT_EQ(hours.from, kHour - 7 * 24);
}

TEST(DashboardQuery, RoundsItsTimesOutwards) {
  const DashboardQuery query = read("&from=2023-11-14T05:59:59Z&to=2023-11-14T08:00:01Z&step=hour");
  EXPECT_EQ(query.from, kDay * 24 + 5);
  EXPECT_EQ(query.to, kDay * 24 + 9);
  EXPECT_EQ(read("&from=2023-11-14T07:00:00+02:00&to=1699948800").from, kDay * 24 + 5) << "a zone has a plus";
}

TEST(DashboardQuery, HasNoPreviousTimeBefore1970) {
  EXPECT_EQ(read("&from=86400&to=864000&step=day").previous_from(), 0);
}

TEST(DashboardQuery, ReadsFiltersAsTheAnswerNamesThem) {
  const DashboardQuery query = read("&model=a%2Fb+c&provider=(none)&key=master&series=key");
  EXPECT_EQ(query.model, "a/b c");
  EXPECT_EQ(query.provider, "") << "the ledger's name for none";
  EXPECT_EQ(query.key, "master");
  EXPECT_EQ(query.series, SeriesKind::kKey);
  EXPECT_EQ(read("&model=(unknown)").model, "");
  EXPECT_EQ(read("&model=").model, std::nullopt);
}

TEST(DashboardQuery, OfAKeyIsAboutThatKeyAlone) {
  const DashboardQuery query = read("&series=provider", "key_1");
  EXPECT_EQ(query.key, "key_1");
  EXPECT_EQ(Json::parse(dashboard_argument(query))["names_key"], "key_1");
  EXPECT_EQ(refused("view=dashboard&key=key_2", "key_1"), "key");
  EXPECT_EQ(refused("view=dashboard&series=key", "key_1"), "series");
}

TEST(DashboardQuery, NamesWhatIsWrong) {
  EXPECT_EQ(refused("view=other"), "view");
  EXPECT_EQ(refused("view"), "view");
  EXPECT_EQ(refused("view=dashboard&from=yesterday"), "from");
  EXPECT_EQ(refused("view=dashboard&to=1e9"), "to");
  EXPECT_EQ(refused("view=dashboard&step=week"), "step");
  EXPECT_EQ(refused("view=dashboard&step=Hour"), "step");
  EXPECT_EQ(refused("view=dashboard&series=colour"), "series");
  for (const std::string name : {"model", "provider", "key"}) {
    EXPECT_EQ(refused("view=dashboard&" + name + "=" + std::string(129, 'a')), name);
  }
  EXPECT_EQ(refused("view=dashboard&group_by=model"), "group_by");
  EXPECT_EQ(refused("view=dashboard&mod%65l=a&model=b"), "model") << "it is there twice";
  EXPECT_EQ(refused("view=dashboard&" + std::string(500, 'x')), std::string(64, 'x'));
}

TEST(DashboardQuery, RefusesSpansThatAreEmptyOrTooLong) {
  EXPECT_EQ(refused("view=dashboard&from=2023-11-14T01:00:00Z&to=2023-11-14T01:00:00Z"), "from");
  EXPECT_EQ(refused("view=dashboard&to=0"), "to");
  EXPECT_EQ(refused("view=dashboard&step=hour&from=2023-11-06&to=2023-11-14"), "step");
  EXPECT_EQ(refused("view=dashboard&from=2022-01-01"), "from");
  EXPECT_EQ(refused("view=dashboard&from=2022-10-11&to=2023-11-14"), "(accepted)") << "400 days";
}

TEST(DashboardQuery, BecomesTheArgumentOfTheLedger) {
  const DashboardQuery query = read("&from=2023-11-13&to=2023-11-14&step=day&model=m&provider=(none)");
  EXPECT_EQ(Json::parse(dashboard_argument(query)), (Json{{"step", "day"},
                                                          {"from", kDay - 1},
                                                          {"to", kDay + 1},
                                                          {"previous_from", kDay - 3},
                                                          {"series", "model"},
                                                          {"model", "m"},
                                                          {"provider", ""},
                                                          {"key", nullptr},
                                                          {"names_key", nullptr},
                                                          {"series_max", 7},
                                                          {"models_max", 1000},
                                                          {"together_max", 200},
                                                          {"sessions_max", 50},
                                                          {"names_max", 200}}));
}

}  // namespace
}  // namespace onellm::gateway
