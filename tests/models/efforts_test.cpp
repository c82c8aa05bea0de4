#include "models/efforts.h"

#include <gtest/gtest.h>

namespace onellm::models {
namespace {

TEST(Efforts, AreFoundByTheirWords) {
  EXPECT_EQ(find_effort({"xhigh"}), Effort::kXhigh);
  EXPECT_EQ(find_effort({"n\\u006fne"}), Effort::kNone);
  EXPECT_EQ(find_effort({"utmost"}), std::nullopt);
  EXPECT_EQ(find_effort({""}), std::nullopt);
  EXPECT_EQ(effort_word(Effort::kMinimal), "minimal");
}

TEST(Efforts, TheNearestOfASetIsTheHigherOfTwoThatAreEquallyNear) {
  constexpr EffortSet kLowOrHigh = EffortSet(Effort::kLow, Effort::kLow).with(Effort::kHigh);
  EXPECT_EQ(nearest_effort(kLowOrHigh, Effort::kLow), Effort::kLow);
  EXPECT_EQ(nearest_effort(kLowOrHigh, Effort::kMedium), Effort::kHigh);
  EXPECT_EQ(nearest_effort(kLowOrHigh, Effort::kMinimal), Effort::kLow);
  EXPECT_EQ(nearest_effort(kLowOrHigh, Effort::kMax), Effort::kHigh);
}

TEST(Efforts, NothingBecomesNoneButNoneItself) {
  constexpr EffortSet kNoneOrHigh = EffortSet(Effort::kHigh, Effort::kHigh).with(Effort::kNone);
  EXPECT_EQ(nearest_effort(kNoneOrHigh, Effort::kMinimal), Effort::kHigh);
  EXPECT_EQ(nearest_effort(kNoneOrHigh, Effort::kNone), Effort::kNone);
  EXPECT_EQ(nearest_effort(EffortSet(Effort::kLow, Effort::kHigh), Effort::kNone), Effort::kLow);
  EXPECT_EQ(nearest_effort(EffortSet(Effort::kNone, Effort::kNone), Effort::kHigh), Effort::kNone);
}

}  // namespace
}  // namespace onellm::models
