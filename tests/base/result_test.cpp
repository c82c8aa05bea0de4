#include "base/result.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace onellm {
namespace {

Result<std::string> name_of(int number) {
  if (number == 1) return std::string("one");
  return Error{.kind = ErrorKind::kBadRequest, .message = "no name", .param = "number"};
}

TEST(Result, HoldsItsValue) {
  Result<std::string> name = name_of(1);
  ASSERT_TRUE(name);
  EXPECT_EQ(*name, "one");
  EXPECT_EQ(name->size(), 3U);
}

TEST(Result, HoldsItsError) {
  Result<std::string> name = name_of(2);
  ASSERT_FALSE(name);
  const Error error = name.error();
  EXPECT_EQ(error.kind, ErrorKind::kBadRequest);
  EXPECT_EQ(error.message, "no name");
  EXPECT_EQ(error.param, "number");
}

TEST(Result, CarriesWhatCanOnlyBeMoved) {
  Result<std::unique_ptr<int>> made = std::make_unique<int>(7);
  ASSERT_TRUE(made);
  const std::unique_ptr<int> taken = std::move(*made);
  EXPECT_EQ(*taken, 7);
}

TEST(Result, NeedsNoValueToSaySuccess) {
  Result<Ok> done = Ok{};
  EXPECT_TRUE(done);
}

#if GTEST_HAS_DEATH_TEST
TEST(ResultDeathTest, TrapsWhenAskedForWhatItHasNot) {
  EXPECT_DEATH(*name_of(2), "");
  EXPECT_DEATH((void)name_of(1).error(), "");
}
#endif

}  // namespace
}  // namespace onellm
