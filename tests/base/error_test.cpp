#include "base/error.h"

#include <gtest/gtest.h>

#include <string>

namespace onellm {
namespace {

TEST(Error, SpeaksByItsKindWhereItSaysNothingItself) {
  const Error error{.kind = ErrorKind::kModelNotFound, .message = "no such model", .param = "model"};
  EXPECT_EQ(status_of(error), 404);
  EXPECT_EQ(type_of(error), "invalid_request_error");
  EXPECT_EQ(code_of(error), "model_not_found");
}

TEST(Error, SaysWhatTheProviderSaid) {
  Error error{.kind = ErrorKind::kUpstreamRefused};
  error.status = 429;
  error.type = "tokens";
  error.code = "rate_limit_exceeded";
  EXPECT_EQ(status_of(error), 429);
  EXPECT_EQ(type_of(error), "tokens");
  EXPECT_EQ(code_of(error), "rate_limit_exceeded");
}

TEST(Error, TakesTypeAndCodeOfARefusalFromItsStatus) {
  Error error{.kind = ErrorKind::kUpstreamRefused};
  for (const auto& [status, type] : {std::pair(400, "invalid_request_error"), std::pair(401, "authentication_error"),
                                     std::pair(403, "permission_error"), std::pair(404, "invalid_request_error"),
                                     std::pair(413, "invalid_request_error"), std::pair(422, "invalid_request_error"),
                                     std::pair(429, "rate_limit_error"), std::pair(500, "server_error"),
                                     std::pair(503, "server_error"), std::pair(529, "server_error")}) {
    error.status = status;
    EXPECT_EQ(type_of(error), type) << status;
    EXPECT_EQ(code_of(error), status == 503 ? "overloaded" : "") << status;
  }
}

// A client's mistake is never a 5xx, and what is no mistake of the client's is never a 4xx.
TEST(Error, BlamesTheRightSide) {
  for (const ErrorKind kind :
       {ErrorKind::kBadRequest, ErrorKind::kUnsupportedParameter, ErrorKind::kUnauthorized, ErrorKind::kRouteNotFound,
        ErrorKind::kMethodNotAllowed, ErrorKind::kModelNotFound, ErrorKind::kBodyTooLarge}) {
    EXPECT_GE(error_row(kind).status, 400);
    EXPECT_LT(error_row(kind).status, 500);
    EXPECT_STRNE(error_row(kind).type, "server_error");
  }
  for (const ErrorKind kind :
       {ErrorKind::kNotConfigured, ErrorKind::kBusy, ErrorKind::kUpstreamRefused, ErrorKind::kUpstreamUnreachable,
        ErrorKind::kUpstreamTimeout, ErrorKind::kUpstreamCut, ErrorKind::kUpstreamBadReply, ErrorKind::kInternal}) {
    EXPECT_GE(error_row(kind).status, 500);
    EXPECT_STREQ(error_row(kind).type, "server_error");
  }
}

}  // namespace
}  // namespace onellm
