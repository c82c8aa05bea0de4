#include "base/query.h"

#include <gtest/gtest.h>

namespace onellm {
namespace {

TEST(Query, DecodesPercentEncodedBytes) {
  EXPECT_EQ(percent_decode("a%2Fb%2fc"), "a/b/c");
  EXPECT_EQ(percent_decode("%C3%A4"), "\xC3\xA4");
}

TEST(Query, KeepsAPercentSignWithoutTwoHexDigits) {
  EXPECT_EQ(percent_decode("100%"), "100%");
  EXPECT_EQ(percent_decode("%4"), "%4");
  EXPECT_EQ(percent_decode("%zz%4g"), "%zz%4g");
  EXPECT_EQ(percent_decode("%+4%-1"), "%+4%-1");
}

TEST(Query, ReadsAPlusOfAFormAsASpace) {
  EXPECT_EQ(form_decode("a+b%2Bc%20d"), "a b+c d");
  EXPECT_EQ(percent_decode("a+b"), "a+b");
}

TEST(Query, FindsAParameterWithoutAValueToo) {
  for (const char* query : {"b", "b=", "a=1&b", "a=1&b=&c=2", "b=1"})
    EXPECT_TRUE(has_query_parameter(query, "b")) << query;
  for (const char* query : {"", "a=b", "bb=1", "ab", "&"}) EXPECT_FALSE(has_query_parameter(query, "b")) << query;
}

TEST(Query, FindsTheFirstValueOfAName) {
  EXPECT_EQ(query_value("a=1&b=2&b=3", "b"), "2");
  EXPECT_EQ(query_value("ab=1&b=%2C", "b"), ",");
  EXPECT_EQ(query_value("b", "b"), "");
  EXPECT_EQ(query_value("a=b=c", "a"), "b=c");
  EXPECT_EQ(query_value("", "a"), "");
}

}  // namespace
}  // namespace onellm
