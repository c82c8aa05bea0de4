#include "base/error.h"

#include <gtest/gtest.h>

#include <string>

namespace onellm {
namespace {

TEST(Error, SpeaksByItsKindWhereItSaysNothingItself) {
  const Error error{.kind = ErrorKind::kModelNotFound, .message = "no such model", .param = "model"};
  EXPECT_EQ(status_of(error), 404);
  EXPECT_EQ(fault_of(error), Fault::kRequest);
  EXPECT_EQ(code_of(error), "model_not_found");
}

TEST(Error, SaysWhatTheProviderSaid) {
  Error error{.kind = ErrorKind::kUpstreamRefused};
  error.status = 429;
  error.fault = Fault::kNoMoney;
  error.code = "insufficient_quota";
  EXPECT_EQ(status_of(error), 429);
  EXPECT_EQ(fault_of(error), Fault::kNoMoney);
  EXPECT_EQ(code_of(error), "insufficient_quota");
}

TEST(Error, TakesFaultAndCodeOfARefusalFromItsStatus) {
  Error error{.kind = ErrorKind::kUpstreamRefused};
  for (const auto& [status, fault] :
       {std::pair(400, Fault::kRequest), std::pair(401, Fault::kCredential), std::pair(403, Fault::kPermission),
        std::pair(404, Fault::kRequest), std::pair(413, Fault::kRequest), std::pair(422, Fault::kRequest),
        std::pair(429, Fault::kRateLimit), std::pair(500, Fault::kServer), std::pair(503, Fault::kServer),
        std::pair(529, Fault::kServer)}) {
    error.status = status;
    EXPECT_EQ(fault_of(error), fault) << status;
    EXPECT_EQ(code_of(error), status == 503 ? "overloaded" : "") << status;
  }
}

// A client's mistake is never a 5xx, and what is no mistake of the client's is never a 4xx.
TEST(Error, BlamesTheRightSide) {
  for (const ErrorKind kind :
       {ErrorKind::kBadRequest, ErrorKind::kUnsupportedParameter, ErrorKind::kUnauthorized, ErrorKind::kRouteNotFound,
        ErrorKind::kMethodNotAllowed, ErrorKind::kModelNotFound, ErrorKind::kBodyTooLarge, ErrorKind::kPermissionDenied,
        ErrorKind::kModelNotAllowed, ErrorKind::kModelNotPriced, ErrorKind::kKeyLimit, ErrorKind::kBudgetReserved,
        ErrorKind::kBudgetSpent, ErrorKind::kKeyNotFound, ErrorKind::kKeyTaken, ErrorKind::kTooManyKeys}) {
    EXPECT_GE(error_row(kind).status, 400);
    EXPECT_LT(error_row(kind).status, 500);
    EXPECT_NE(fault_of({.kind = kind}), Fault::kServer);
  }
  for (const ErrorKind kind : {ErrorKind::kNotConfigured, ErrorKind::kBusy, ErrorKind::kUpstreamRefused,
                               ErrorKind::kUpstreamUnreachable, ErrorKind::kUpstreamTimeout, ErrorKind::kUpstreamCut,
                               ErrorKind::kUpstreamBadReply, ErrorKind::kKeyStoreUnavailable, ErrorKind::kInternal}) {
    EXPECT_GE(error_row(kind).status, 500);
    EXPECT_EQ(fault_of({.kind = kind}), Fault::kServer);
  }
}

}  // namespace
}  // namespace onellm
