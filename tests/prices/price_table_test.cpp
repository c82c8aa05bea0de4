#include "prices/price_table.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "prices/byte_reader.h"
#include "prices/model_rules.h"

namespace onellm::prices {
namespace {

TEST(PriceTable, CanBeReadToItsEnd) {
  size_t rows = 0;
  for (const PriceList& list : kPriceData.lists) {
    ByteReader reader(list.rows);
    while (!reader.is_at_end()) {
      (void)read_rules(reader, "no-such-model");
      const int64_t schedule = reader.number();
      ASSERT_LT(schedule, static_cast<int64_t>(kPriceData.schedules.size()));
      for (const int64_t time : {int64_t{0}, int64_t{1'800'000'000'000}, int64_t{1'800'000'040'000'000}}) {
        const Prices prices = prices_at(schedule, time, 250'000);
        for (const int64_t price : prices.of) {
          EXPECT_GE(price, 0);
          EXPECT_LT(price, 1'000'000'000'000) << "a dollar for one";
        }
      }
      ++rows;
    }
    for (const char fallback : list.fallbacks) ASSERT_LT(static_cast<size_t>(fallback), kPriceData.lists.size());
  }
  EXPECT_GT(rows, 500U);
}

TEST(PriceTable, KnowsEachNameAndHostOnce) {
  std::set<std::string_view> names;
  for (const ListName& name : kPriceData.names) EXPECT_TRUE(names.insert(name.name).second) << name.name;
  for (const ListName& host : kPriceData.hosts) EXPECT_TRUE(names.insert(host.name).second) << host.name;
}

TEST(PriceTable, TakesEveryHostUnderADot) {
  EXPECT_NE(find_list("", "https://eu-west.openai.azure.com"), nullptr);
  EXPECT_EQ(find_list("", "https://openai.azure.com"), nullptr);
  EXPECT_EQ(find_list("", "https://evilopenai.azure.com.example"), nullptr);
  EXPECT_EQ(find_list("", "https://evil-api.openai.com"), nullptr);
  EXPECT_EQ(find_list("", "https://api.openai.com"), find_list("openai", ""));
  EXPECT_EQ(find_list("", ""), nullptr);
  EXPECT_EQ(find_list(".openai.azure.com", ""), nullptr);
}

}  // namespace
}  // namespace onellm::prices
