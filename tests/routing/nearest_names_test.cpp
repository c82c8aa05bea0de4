#include "routing/nearest_names.h"

#include <gtest/gtest.h>

namespace onellm::routing {
namespace {

using Names = std::vector<std::string>;

TEST(NearestNames, PutThoseFirstOfWhichOneBeginsWithTheOther) {
  EXPECT_EQ(nearest_names("gpt-4o", {"gpt-4", "apt-4o", "gpt-4o-mini-2024-07-18"}, 5),
            (Names{"gpt-4", "gpt-4o-mini-2024-07-18", "apt-4o"}));
}

TEST(NearestNames, GoByEditDistanceThen) {
  EXPECT_EQ(nearest_names("lama", {"mixtral", "llama", "lima-3"}, 2), (Names{"llama", "lima-3"}));
}

TEST(NearestNames, TakeBothCasesForAlike) {
  EXPECT_EQ(nearest_names("GPT-4O", {"echo", "gpt-4o"}, 1), Names{"gpt-4o"});
}

TEST(NearestNames, KeepTheOrderOfEquallyNearOnes) {
  EXPECT_EQ(nearest_names("x", {"b1", "a1", "c1"}, 3), (Names{"b1", "a1", "c1"}));
}

TEST(NearestNames, AreNoneOfNone) { EXPECT_TRUE(nearest_names("x", {}, 5).empty()); }

}  // namespace
}  // namespace onellm::routing
