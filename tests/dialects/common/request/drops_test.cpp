#include "dialects/common/request/drops.h"

#include <gtest/gtest.h>

#include "base/limits.h"

namespace onellm::dialects {
namespace {

TEST(Drops, NameEachParameterOnce) {
  Drops drops;
  EXPECT_FALSE(drops.refusal());
  drops.add("seed");
  drops.add("top_k");
  drops.add("seed");
  EXPECT_EQ(drops.refusal()->param, "seed");
  EXPECT_EQ(drops.take(), (std::vector<std::string>{"seed", "top_k"}));
}

// JSON allows `{"":true}`: an error that names nothing would help nobody.
TEST(Drops, NameAParameterWithoutAName) {
  Drops drops;
  drops.add("");
  EXPECT_EQ(drops.refusal()->param, R"("")");
}

TEST(Drops, NameNoMoreThanAFixedNumber) {
  Drops drops;
  for (size_t i = 0; i < 2 * kDropsMax; ++i) drops.add("p" + std::to_string(i));
  EXPECT_EQ(drops.take().size(), kDropsMax);
}

}  // namespace
}  // namespace onellm::dialects
