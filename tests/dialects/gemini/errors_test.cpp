#include "dialects/gemini/errors.h"

#include <gtest/gtest.h>

#include <string>

#include "dialects/common/errors/reason.h"
#include "dialects/common/reply/bad_reply.h"
#include "dialects/openai_chat/client/encode_error.h"

namespace onellm::dialects::gemini {
namespace {

std::string body_of(int code, const std::string& status, const std::string& message, const std::string& details = "") {
  return R"({"error":{"code":)" + std::to_string(code) + R"(,"message":")" + message + R"(","status":")" + status +
         "\"" + (details.empty() ? "" : R"(,"details":[)" + details + "]") + "}}";
}

TEST(GeminiErrors, HaveOpenAisStatusTypeAndCode) {
  struct Case {
    int status;
    const char* word;
    const char* message;
    int shown;
    const char* type;
    const char* code;
  };
  const Case cases[] = {
      {400, "INVALID_ARGUMENT", "Unknown name \\\"x\\\"", 400, "invalid_request_error", ""},
      {400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", 401, "authentication_error",
       "invalid_api_key"},
      {400, "INVALID_ARGUMENT",
       "The input token count (2000000) exceeds the maximum number of tokens allowed (1048576).", 400,
       "invalid_request_error", "context_length_exceeded"},
      {400, "FAILED_PRECONDITION", "User location is not supported for the API use.", 403, "permission_error", ""},
      {401, "UNAUTHENTICATED", "x", 401, "authentication_error", "invalid_api_key"},
      {403, "PERMISSION_DENIED", "x", 403, "permission_error", ""},
      {404, "NOT_FOUND", "models/gemini-x is not found for API version v1beta", 404, "invalid_request_error",
       "model_not_found"},
      {429, "RESOURCE_EXHAUSTED", "x", 429, "rate_limit_error", "rate_limit_exceeded"},
      {499, "CANCELLED", "x", 500, "server_error", ""},
      {500, "INTERNAL", "x", 500, "server_error", ""},
      {503, "UNAVAILABLE", "The model is overloaded.", 503, "server_error", "overloaded"},
      {503, "UNAVAILABLE", "The service is currently unavailable.", 503, "server_error", "overloaded"},
      {504, "DEADLINE_EXCEEDED", "x", 504, "server_error", ""},
  };
  for (const Case& c : cases) {
    const std::string body = body_of(c.status, c.word, c.message);
    // By the status line; by the body alone, in an array too; and by the word alone.
    const Error errors[] = {
        decode_error(c.status, body), decode_error(c.status, "[" + body + "]"), decode_error(200, body),
        decode_stream_error({R"({"status":")" + std::string(c.word) + R"(","message":")" + c.message + "\"}"})};
    for (const Error& error : errors) {
      EXPECT_EQ(error.kind, ErrorKind::kUpstreamRefused) << body;
      EXPECT_EQ(status_of(error), c.shown) << body;
      EXPECT_EQ(type_of(error), c.type) << body;
      EXPECT_EQ(code_of(error), c.code) << body;
      EXPECT_NE(error.message, "") << body;
    }
    EXPECT_EQ(errors[0].upstream_status, c.status);
  }
}

TEST(GeminiErrors, KnowAKeyThatIsNoneByItsReason) {
  const std::string detail =
      R"({"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID","domain":"googleapis.com"})";
  const Error error = decode_error(400, body_of(400, "INVALID_ARGUMENT", "API Schlüssel ungültig", detail));
  EXPECT_EQ(status_of(error), 401);
  EXPECT_EQ(code_of(error), "invalid_api_key");
  EXPECT_EQ(error.upstream_status, 400);
}

TEST(GeminiErrors, SayHowLongToWait) {
  struct Case {
    const char* delay;
    uint32_t seconds;
  };
  const Case cases[] = {{"34.4s", 35},           {"34s", 34}, {"34.000s", 34}, {"0.001s", 1}, {"0s", 0},
                        {"99999999s", 86400},    {"", 0},     {"34", 0},       {"-1s", 0},    {"99999999999s", 86400},
                        {"4294967295.5s", 86400}};
  for (const Case& c : cases) {
    const std::string detail = R"({"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[]},)"
                               R"({"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":")" +
                               std::string(c.delay) + "\"}";
    EXPECT_EQ(decode_error(429, body_of(429, "RESOURCE_EXHAUSTED", "x", detail)).retry_after_s, c.seconds) << c.delay;
  }
}

TEST(GeminiErrors, ReadBodiesThatAreNotGoogles) {
  EXPECT_EQ(code_of(decode_error(404, "<html><h1>404. That is an error.</h1></html>")), "");
  EXPECT_EQ(decode_error(404, "<html><h1>404. That is an error.</h1></html>").message, "404. That is an error.");
  EXPECT_EQ(status_of(decode_error(502, "")), 502);
  EXPECT_NE(decode_error(502, "").message, "");
  EXPECT_EQ(status_of(decode_error(200, "")), 502);
  EXPECT_EQ(code_of(decode_error(429, "slow down")), "rate_limit_exceeded");
  EXPECT_EQ(status_of(decode_stream_error({"7"})), 502);
}

TEST(GeminiErrors, NeverShowACredential) {
  const std::string key = "AIzaSyA-s3cr3tS3CR3Ts3cr3tS3CR3Ts3cr3t";
  const Error error = decode_error(400, body_of(400, "INVALID_ARGUMENT", "Bad key " + key + " in ?key=" + key));
  EXPECT_EQ(error.message, "Bad key *** in ?key=***");
  EXPECT_EQ(gave_no_answer({"OTHER"}, {"see key=" + key}).message,
            "The provider's reply ended without an answer (OTHER). see key=***");
}

}  // namespace
}  // namespace onellm::dialects::gemini
