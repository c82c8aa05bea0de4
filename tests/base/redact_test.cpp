#include "base/redact.h"

#include <gtest/gtest.h>

namespace onellm {
namespace {

constexpr std::string_view kSecret = "natkeyabc123secretvalue";

TEST(Redact, TakesOutTheWholeSecret) {
  EXPECT_EQ(without_secret("bad key natkeyabc123secretvalue!", kSecret), "bad key ***!");
}

TEST(Redact, TakesOutEveryPartThatTellsSomething) {
  EXPECT_EQ(without_secret("part natkeyab, part retvalue, both", kSecret), "part ***, part ***, both");
  EXPECT_EQ(without_secret("natkeyabXYZcretvalue", kSecret), "***XYZ***");
}

TEST(Redact, LeavesShortPartsAndOtherText) {
  EXPECT_EQ(without_secret("natkeya is no secret value", kSecret), "natkeya is no secret value");
  EXPECT_EQ(without_secret("nothing here", kSecret), "nothing here");
  EXPECT_EQ(without_secret("", kSecret), "");
}

TEST(Redact, TakesOutAShortSecretOnlyAsAWhole) {
  EXPECT_EQ(without_secret("key abc1 and abc", "abc1"), "key *** and abc");
}

TEST(Redact, LeavesTextAloneWhereThereIsNoSecret) { EXPECT_EQ(without_secret("as it is", ""), "as it is"); }

}  // namespace
}  // namespace onellm
