#include "dialects/drops.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace onellm::dialects
