#include "dialects/openai_chat/client/encode_error.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "dialects/common/errors/reason.h"

namespace onellm::dialects::openai_chat {
namespace {

std::string encoded(const Error& error) {
  std::string out;
  encode_error(error, out);
  return out;
}

TEST(EncodeError, AlwaysWritesFourKeys) {
  EXPECT_EQ(encoded({.kind = ErrorKind::kBadRequest, .message = "Say \"hi\"."}),
            R"({"error":{"message":"Say \"hi\".","type":"invalid_request_error","param":null,"code":null}})");
  EXPECT_EQ(encoded({.kind = ErrorKind::kModelNotFound, .message = "No.", .param = "model"}),
            R"({"error":{"message":"No.","type":"invalid_request_error","param":"model","code":"model_not_found"}})");
}

TEST(EncodeError, WritesFurtherMembersBesideThem) {
  EXPECT_EQ(encoded({.kind = ErrorKind::kInternal, .message = "No.", .extra = R"("innererror":{"a":1})"}),
            R"({"error":{"message":"No.","type":"server_error","param":null,"code":"internal_error",)"
            R"("innererror":{"a":1}}})");
}

TEST(EncodeError, TakesTheTypeFromTheStatusOfARefusal) {
  Error error{.kind = ErrorKind::kUpstreamRefused};
  for (const auto& [status, type] : {std::pair(400, "invalid_request_error"), std::pair(401, "authentication_error"),
                                     std::pair(403, "permission_error"), std::pair(404, "invalid_request_error"),
                                     std::pair(413, "invalid_request_error"), std::pair(422, "invalid_request_error"),
                                     std::pair(429, "rate_limit_error"), std::pair(500, "server_error"),
                                     std::pair(503, "server_error"), std::pair(529, "server_error")}) {
    error.status = status;
    EXPECT_EQ(type_of(error), type) << status;
  }
}

TEST(EncodeError, TakesTheTypeFromTheKindOfTheGatewaysOwnErrors) {
  EXPECT_EQ(type_of({.kind = ErrorKind::kUnauthorized}), "authentication_error");
  EXPECT_EQ(type_of({.kind = ErrorKind::kRouteNotFound}), "invalid_request_error");
  EXPECT_EQ(type_of({.kind = ErrorKind::kBusy}), "server_error");
}

TEST(EncodeError, PrefersTheProvidersOwnType) {
  EXPECT_EQ(type_of({.kind = ErrorKind::kUpstreamRefused, .status = 429, .provider_type = "tokens"}), "tokens");
  EXPECT_EQ(type_of({.kind = ErrorKind::kUpstreamRefused, .status = 429, .fault = Fault::kNoMoney}),
            "insufficient_quota");
}

TEST(EncodeError, EndsAStreamWithAnEventAndTheEndMark) {
  std::string out;
  encode_error_events({.kind = ErrorKind::kBusy, .message = "No.", .extra = "\"a\":\n1"}, out);
  EXPECT_EQ(out, R"(data: {"error":{"message":"No.","type":"server_error","param":null,"code":"busy","a": 1}})"
                 "\n\ndata: [DONE]\n\n");
}

TEST(EncodeError, OfAChoiceNamesTheStatus) {
  EXPECT_EQ(choice_error_member({.kind = ErrorKind::kBusy, .message = "No.", .extra = "\"a\":1"}),
            R"("error":{"message":"No.","type":"server_error","param":null,"code":"busy","a":1,"status":503})");
}

}  // namespace
}  // namespace onellm::dialects::openai_chat
