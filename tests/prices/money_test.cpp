#include "prices/money.h"

#include <gtest/gtest.h>

#include <limits>

namespace onellm::prices {
namespace {

TEST(Money, IsWrittenWithAllItsDigitsAndNoMore) {
  EXPECT_EQ(format_usd(0), "0");
  EXPECT_EQ(format_usd(1), "0.000000000001");
  EXPECT_EQ(format_usd(120'000'000), "0.00012");
  EXPECT_EQ(format_usd(1'000'000'000'000), "1");
  EXPECT_EQ(format_usd(12'500'000'000'000), "12.5");
  EXPECT_EQ(format_usd(10'000'000'000'000), "10");
  EXPECT_EQ(format_usd(std::numeric_limits<PicoUsd>::max()), "9223372.036854775807");
}

TEST(Money, IsReadWithAllItsDigits) {
  EXPECT_EQ(read_usd("0"), 0);
  EXPECT_EQ(read_usd("12.5"), 12'500'000'000'000);
  EXPECT_EQ(read_usd("0.1"), 100'000'000'000);
  EXPECT_EQ(read_usd("0.000000000001"), 1);
  EXPECT_EQ(read_usd("9223372.036854775807"), std::numeric_limits<PicoUsd>::max());
  EXPECT_EQ(read_usd("1.25e-05"), 12'500'000);
  EXPECT_EQ(read_usd("2E+3"), 2'000'000'000'000'000);
  EXPECT_EQ(read_usd("0e300"), 0);
  EXPECT_EQ(read_usd("0.00e-300"), 0);
}

TEST(Money, IsRoundedWhereSomebodyElseWasTooExact) {
  EXPECT_EQ(read_usd("0.0000000000014"), 1);
  EXPECT_EQ(read_usd("0.0000000000015"), 2);
  EXPECT_EQ(read_usd("5e-13"), 1);
  EXPECT_EQ(read_usd("4.9e-13"), 0);
  EXPECT_EQ(read_usd("9e-14"), 0);
  EXPECT_EQ(read_usd("7e-300"), 0);
  EXPECT_EQ(scale_decimal("1.5", 0, Rounding::kNone), std::nullopt);
  EXPECT_EQ(scale_decimal("1e-1", 0, Rounding::kNone), std::nullopt);
  EXPECT_EQ(scale_decimal("1.500", 1, Rounding::kNone), 15);
}

TEST(Money, IsNothingElse) {
  for (const char* text : {"", "-1", ".", ".5", "5.", "1.2.3", "abc", "1e", "e5", "01", " 1", "1,5", "NaN", "1e30",
                           "1e99999999999", "9223372.036854775808", "9223372.0368547758075"}) {
    EXPECT_EQ(read_usd(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace onellm::prices
