#include "dialects/anthropic_messages/client/encode_error.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "dialects/anthropic_messages/dialect.h"
#include "support/message_stream.h"

namespace onellm::dialects::anthropic_messages {
namespace {

using Json = nlohmann::json;

Json encoded(const Error& error) {
  std::string out;
  encode_error(error, "req-1", out);
  return Json::parse(out, nullptr, false);
}

TEST(MessagesError, HasTypeMessageAndRequestIdOnly) {
  EXPECT_EQ(encoded({.kind = ErrorKind::kBadRequest, .message = "max_tokens: Field required", .param = "max_tokens"}),
            Json::parse(R"({"type":"error","error":{"type":"invalid_request_error",)"
                        R"("message":"max_tokens: Field required"},"request_id":"req-1"})"));
}

TEST(MessagesError, NamesTheFieldInTheMessage) {
  EXPECT_EQ(encoded({.kind = ErrorKind::kBadRequest, .message = "Too large.", .param = "top_p"})["error"]["message"],
            "top_p: Too large.");
}

TEST(MessagesError, OfAnUnknownModelBeginsWithTheField) {
  const Error error{
      .kind = ErrorKind::kModelNotFound, .message = "No provider serves the model `x`.", .param = "model"};
  EXPECT_EQ(encoded(error)["error"]["message"], "model: No provider serves the model `x`.");
}

TEST(MessagesError, OfAPromptThatIsTooLongBeginsWithTheWordsThatClientsLookFor) {
  const auto message = [](const char* provider) {
    const Error error{
        .kind = ErrorKind::kUpstreamRefused, .message = provider, .status = 400, .code = "context_length_exceeded"};
    return encoded(error)["error"]["message"];
  };
  EXPECT_EQ(message("prompt is too long: 9 > 8"), "prompt is too long: 9 > 8");
  EXPECT_EQ(message("Too many."), "prompt is too long: Too many.");
  EXPECT_EQ(message("Error: prompt is too long: 9 > 8"), "prompt is too long: Error: prompt is too long: 9 > 8");
}

TEST(MessagesError, HasStatusAndTypeThatBelongTogether) {
  struct Case {
    Error error;
    int status;
    const char* type;
  };
  const auto upstream = [](int status, Fault fault = Fault::kByStatus, const char* code = "") {
    return Error{.kind = ErrorKind::kUpstreamRefused, .message = "m", .status = status, .fault = fault, .code = code};
  };
  const Case cases[] = {
      {{.kind = ErrorKind::kUnauthorized}, 401, "authentication_error"},
      {{.kind = ErrorKind::kNotConfigured}, 503, "api_error"},
      {{.kind = ErrorKind::kBusy}, 503, "api_error"},
      {{.kind = ErrorKind::kRouteNotFound}, 404, "not_found_error"},
      {{.kind = ErrorKind::kModelNotFound}, 404, "not_found_error"},
      {{.kind = ErrorKind::kMethodNotAllowed}, 405, "invalid_request_error"},
      {{.kind = ErrorKind::kBodyTooLarge}, 413, "request_too_large"},
      {{.kind = ErrorKind::kRequestTimeout}, 408, "timeout_error"},
      {{.kind = ErrorKind::kUpstreamTimeout}, 504, "timeout_error"},
      {{.kind = ErrorKind::kUpstreamCut}, 502, "api_error"},
      {{.kind = ErrorKind::kInternal}, 500, "api_error"},
      {upstream(400), 400, "invalid_request_error"},
      {upstream(401), 401, "authentication_error"},
      {upstream(403), 403, "permission_error"},
      {upstream(404), 404, "not_found_error"},
      {upstream(409), 409, "conflict_error"},
      {upstream(415), 415, "invalid_request_error"},
      {upstream(422), 422, "invalid_request_error"},
      {upstream(429), 429, "rate_limit_error"},
      {upstream(429, Fault::kNoMoney, "insufficient_quota"), 402, "billing_error"},
      {upstream(429, Fault::kByStatus, "insufficient_quota"), 402, "billing_error"},
      {upstream(402), 402, "billing_error"},
      {upstream(500), 500, "api_error"},
      {upstream(503, Fault::kServer, "overloaded"), 529, "overloaded_error"},
      {upstream(503, Fault::kOverload), 529, "overloaded_error"},
      {upstream(503), 503, "api_error"},
      {upstream(503, Fault::kServer, "maintenance"), 503, "api_error"},
      {upstream(504), 504, "timeout_error"},
      {upstream(400, Fault::kRequest, "context_length_exceeded"), 400, "invalid_request_error"},
      {upstream(413, Fault::kRequest, "context_length_exceeded"), 400, "invalid_request_error"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(dialect().status_for(c.error), c.status) << c.type;
    EXPECT_EQ(dialect().words_for(c.error).type, c.type) << c.status;
    EXPECT_EQ(dialect().words_for(c.error).code, "");
    EXPECT_EQ(encoded(c.error)["error"]["type"], c.type);
    EXPECT_NE(encoded(c.error)["error"]["message"], "");
  }
}

TEST(MessagesError, OfAPromptThatIsTooLongBeginsWithAnthropicsWords) {
  const auto message = [](const char* said) {
    const Error error{.kind = ErrorKind::kUpstreamRefused, .message = said, .code = "context_length_exceeded"};
    return encoded(error)["error"]["message"];
  };
  EXPECT_EQ(message("8193 tokens, at most 8192"), "prompt is too long: 8193 tokens, at most 8192");
  EXPECT_EQ(message("prompt is too long: 1 > 0"), "prompt is too long: 1 > 0");
}

TEST(MessagesError, HasTheReportOfFailedLegs) {
  const Error error{.kind = ErrorKind::kUpstreamRefused, .message = "m", .extra = R"("legs":[1])"};
  EXPECT_EQ(encoded(error)["error"]["legs"], Json::parse("[1]"));
}

TEST(MessagesError, EndsAStream) {
  std::string out;
  dialect().encode_error_events({.kind = ErrorKind::kUpstreamCut, .message = "cut", .extra = "\"a\":[1,\n2]"}, "req-1",
                                out);
  const test::MessageStream stream(out);
  EXPECT_EQ(stream.problems, std::vector<std::string>{});
  EXPECT_EQ(stream.error["error"]["type"], "api_error");
  EXPECT_EQ(stream.error["request_id"], "req-1");
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
