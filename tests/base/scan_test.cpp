#include "base/scan.h"

#include <gtest/gtest.h>

#include <string>

namespace onellm {
namespace {

constexpr auto is_x_or_y = [](auto c) { return (c == 'x') | (c == 'y'); };

TEST(Scan, SeesEveryByteOfABlock) {
  std::string block(kScanBlockBytes, '.');
  EXPECT_FALSE(any_in_block(block.data(), is_x_or_y));
  for (size_t at = 0; at < block.size(); ++at) {
    for (const char c : {'x', 'y'}) {
      block[at] = c;
      EXPECT_TRUE(any_in_block(block.data(), is_x_or_y)) << at;
    }
    block[at] = '.';
  }
}

TEST(Scan, SeesEveryByteOfALaneAndNoOther) {
  std::string lane(kScanLaneBytes + 1, '.');
  for (size_t at = 0; at < kScanLaneBytes; ++at) {
    EXPECT_FALSE(any_in_lane(lane.data(), is_x_or_y));
    lane[at] = 'x';
    EXPECT_TRUE(any_in_lane(lane.data(), is_x_or_y)) << at;
    lane[at] = '.';
  }
  lane.back() = 'y';
  EXPECT_FALSE(any_in_lane(lane.data(), is_x_or_y));
}

TEST(Scan, SeesNothingOutsideTheBlock) {
  const std::string text = "x" + std::string(kScanBlockBytes, '.') + "y";
  EXPECT_FALSE(any_in_block(text.data() + 1, is_x_or_y));
}

}  // namespace
}  // namespace onellm
