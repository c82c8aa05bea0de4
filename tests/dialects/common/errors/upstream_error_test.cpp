#include "dialects/common/errors/upstream_error.h"

#include <gtest/gtest.h>

namespace onellm::dialects {
namespace {

TEST(UpstreamError, HasAlwaysAMessage) {
  EXPECT_EQ(make_upstream_error(502, read_error_body(502, "")).message,
            "The provider answered with an error and no message (502, bad gateway).");
  EXPECT_EQ(make_upstream_error(0, {}).message, "The provider answered with an error and no message.");
}

TEST(UpstreamError, IsABadGatewayWhereTheStatusIsNoError) {
  EXPECT_EQ(make_upstream_error(200, {}).status, 502);
  EXPECT_EQ(make_upstream_error(600, {}).status, 502);
  EXPECT_EQ(make_upstream_error(422, {}).status, 422);
}

TEST(UpstreamError, SaysOverloadInOneWay) {
  const Error error = make_upstream_error(529, {});
  EXPECT_EQ(error.status, 503);
  EXPECT_EQ(error.code, "overloaded");
  EXPECT_EQ(error.upstream_status, 529);
}

TEST(UpstreamError, PointsToTheBaseUrlWhereTheProviderRedirects) {
  EXPECT_NE(read_error_body(301, "").message.find("base URL"), std::string::npos);
  EXPECT_EQ(read_error_body(301, "Moved").message, "Moved");
}

TEST(UpstreamError, LeavesOutMembersThatAreTooLong) {
  ErrorFields fields;
  fields.extra = R"("a":1)";
  EXPECT_EQ(make_upstream_error(400, fields).extra, fields.extra);
  fields.extra = "\"a\":\"" + std::string(20'000, 'x') + '"';
  EXPECT_EQ(make_upstream_error(400, fields).extra, "");
}

}  // namespace
}  // namespace onellm::dialects
