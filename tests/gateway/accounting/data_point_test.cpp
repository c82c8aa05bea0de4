// The limits of Analytics Engine, and the form of a point.
// https://developers.cloudflare.com/analytics/analytics-engine/limits/
#include "gateway/accounting/data_point.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "support/records.h"

namespace onellm::gateway::test {
namespace {

using Json = nlohmann::json;

TEST(DataPoint, KeepsTheOrderOfItsColumns) {
  const auto names = [](const auto& columns, auto name) {
    std::string joined;
    for (const auto& column : columns) joined.append(name(column)).append(" ");
    return joined;
  };
  EXPECT_EQ(
      names(kBlobColumns, [](const BlobColumn& column) { return column.name; }),
      "request_id key_name model_asked model_served provider resource route outcome error_code merge country colo "
      "usage price_known first ");
  EXPECT_EQ(names(kDoubleColumns, [](std::string_view column) { return column; }),
            "status total_ms first_token_ms prompt_tokens completion_tokens cached_tokens cache_write_tokens "
            "reasoning_tokens cost_usd attempt legs bytes_in bytes_out overhead_ms web_searches ");
}

TEST(DataPoint, StaysWithinTheLimitsWhateverItIsGiven) {
  std::string huge;
  while (huge.size() < 40'000) huge += "\xF0\x9F\x98\x80\"\n";
  CallRecord call;
  for (std::string* text : {&call.request_id, &call.key_id, &call.key_name, &call.model_asked, &call.model_served,
                            &call.provider, &call.resource, &call.error_code, &call.country, &call.colo}) {
    *text = huge;
  }
  call.cost = std::numeric_limits<int64_t>::max();
  call.usage.prompt_tokens = std::numeric_limits<int64_t>::max();
  const Json point = Json::parse(data_point(call), nullptr, false);
  ASSERT_TRUE(point.is_object());
  ASSERT_EQ(point["indexes"].size(), 1U);
  EXPECT_LE(point["indexes"][0].get<std::string>().size(), 96U);
  size_t bytes = 0;
  for (const Json& blob : point["blobs"]) {
    bytes += blob.get<std::string>().size();
    EXPECT_EQ(blob.get<std::string>().find("\xEF\xBF\xBD"), std::string::npos) << "cut within a character";
  }
  EXPECT_LE(bytes, 16'384U);
  EXPECT_LE(point["blobs"].size(), 20U);
  EXPECT_LE(point["doubles"].size(), 20U);
  for (const Json& number : point["doubles"]) EXPECT_TRUE(std::isfinite(number.get<double>()));
}

TEST(DataPoint, SaysThatAPriceIsUnknown) {
  CallRecord call;
  EXPECT_EQ(blob(Json::parse(data_point(call)), "price_known"), "no");
  call.cost = 0;
  EXPECT_EQ(blob(Json::parse(data_point(call)), "price_known"), "yes");
}

}  // namespace
}  // namespace onellm::gateway::test
