#include "dialects/common/errors/reason.h"

#include <gtest/gtest.h>

namespace onellm::dialects {
namespace {

TEST(ErrorReason, IsTheCodeIfThereIsOne) {
  EXPECT_EQ(reason_of({.kind = ErrorKind::kBusy}), "busy");
  EXPECT_EQ(reason_of({.kind = ErrorKind::kUpstreamRefused, .status = 429, .provider_type = "tokens", .code = "slow"}),
            "slow");
  EXPECT_EQ(reason_of({.kind = ErrorKind::kUpstreamRefused, .status = 503}), "overloaded");
}

TEST(ErrorReason, IsTheProvidersTypeIfThereIsNoCode) {
  EXPECT_EQ(reason_of({.kind = ErrorKind::kUpstreamRefused, .status = 400, .provider_type = "odd"}), "odd");
}

TEST(ErrorReason, ElseSaysWhatTheErrorIsAbout) {
  EXPECT_EQ(reason_of({.kind = ErrorKind::kBadRequest}), "invalid_request_error");
  EXPECT_EQ(reason_of({.kind = ErrorKind::kUpstreamRefused, .status = 403}), "permission_error");
  EXPECT_EQ(reason_of({.kind = ErrorKind::kUpstreamRefused, .status = 500}), "server_error");
  EXPECT_EQ(reason_of({.kind = ErrorKind::kUpstreamRefused, .status = 429, .fault = Fault::kNoMoney}),
            "insufficient_quota");
}

}  // namespace
}  // namespace onellm::dialects
