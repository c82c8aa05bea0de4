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

ErrorFields fields_with(std::string ErrorFields::*member, const char* said) {
  ErrorFields fields;
  fields.*member = said;
  return fields;
}

TEST(UpstreamError, IsOverloadOnlyIfItSaysSo) {
  const auto fault = [](int status, std::string ErrorFields::*member, const char* said) {
    return make_upstream_error(status, fields_with(member, said)).fault;
  };
  for (const char* said :
       {"The model is overloaded. Please try again later.", "Overloaded", "A server is OVERLOADED"}) {
    EXPECT_EQ(fault(503, &ErrorFields::message, said), Fault::kOverload) << said;
    for (const int status : {400, 429, 500}) {
      EXPECT_EQ(fault(status, &ErrorFields::message, said), Fault::kByStatus) << status << said;
    }
  }
  EXPECT_EQ(fault(503, &ErrorFields::type, "overloaded_error"), Fault::kOverload);
  EXPECT_EQ(fault(503, &ErrorFields::code, "server_is_overloaded"), Fault::kOverload);
  for (const char* said : {"", "Service Unavailable", "The service is currently unavailable."}) {
    EXPECT_EQ(fault(529, &ErrorFields::message, said), Fault::kOverload) << said;
    EXPECT_EQ(fault(503, &ErrorFields::message, said), Fault::kByStatus) << said;
  }
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
