#include "dialects/common/reply/named_keys.h"

#include <gtest/gtest.h>

namespace onellm::dialects {
namespace {

constexpr NamedKey<int> kNames[] = {{"text", 1}, {"type", 2}, {"x", 3}};

TEST(NamedKeys, AreFoundByTheirWholeName) {
  EXPECT_EQ(find_key(kNames, {"text"}, 0), 1);
  EXPECT_EQ(find_key(kNames, {"type"}, 0), 2);
  EXPECT_EQ(find_key(kNames, {"x"}, 0), 3);
  for (const char* other : {"", "t", "tex", "texts", "xx"}) EXPECT_EQ(find_key(kNames, {other}, 0), 0) << other;
}

TEST(NamedKeys, AreFoundBehindEscapes) {
  EXPECT_EQ(find_key(kNames, {R"(te\u0078t)"}, 0), 1);
  EXPECT_EQ(find_key(kNames, {R"(te\u0079t)"}, 0), 0);
}

}  // namespace
}  // namespace onellm::dialects
