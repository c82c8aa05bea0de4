#include "dialects/anthropic_messages/errors.h"

#include <gtest/gtest.h>

#include "support/transcript.h"

namespace onellm::dialects::anthropic_messages {
namespace {

std::string body(const std::string& type, const std::string& message) {
  return R"({"type":"error","error":{"type":")" + type + R"(","message":")" + message + R"("},"request_id":"req_1"})";
}

std::string words(int status, const std::string& text, std::string_view model = "claude-opus-5-5") {
  return test::describe(decode_error(status, text, model));
}

TEST(AnthropicErrors, PutsEachTypeIntoOpenAisWords) {
  EXPECT_EQ(words(400, body("invalid_request_error", "max_tokens: wrong")),
            "400 invalid_request_error - max_tokens: wrong");
  EXPECT_EQ(words(401, body("authentication_error", "invalid x-api-key")),
            "401 authentication_error invalid_api_key invalid x-api-key");
  EXPECT_EQ(words(402, body("billing_error", "Pay")), "429 insufficient_quota insufficient_quota Pay");
  EXPECT_EQ(words(403, body("permission_error", "No")), "403 permission_error - No");
  EXPECT_EQ(words(409, body("conflict_error", "No")), "409 invalid_request_error - No");
  EXPECT_EQ(words(413, body("request_too_large", "Large")), "413 invalid_request_error request_too_large Large");
  EXPECT_EQ(words(429, body("rate_limit_error", "Slow")), "429 rate_limit_error rate_limit_exceeded Slow");
  EXPECT_EQ(words(500, body("api_error", "Oh")), "500 server_error - Oh");
  EXPECT_EQ(words(504, body("timeout_error", "Late")), "504 server_error timeout Late");
  EXPECT_EQ(words(529, body("overloaded_error", "Later")), "503 server_error overloaded Later");
}

TEST(AnthropicErrors, KeepsTheStatusOfTheProvider) {
  EXPECT_EQ(decode_error(529, body("overloaded_error", "Later"), "").upstream_status, 529);
  EXPECT_EQ(decode_error(402, body("billing_error", "Pay"), "").upstream_status, 402);
  EXPECT_EQ(decode_error(400, body("overloaded_error", "Odd"), "").upstream_status, 400);
  EXPECT_EQ(words(400, body("overloaded_error", "Odd")), "400 invalid_request_error - Odd");
}

TEST(AnthropicErrors, GoesByTheTypeWhereTheStatusIsNotAnthropics) {
  EXPECT_EQ(words(503, body("overloaded_error", "Later")), "503 server_error overloaded Later");
  EXPECT_EQ(words(520, body("mystery", "Oh")), "520 server_error - Oh");
  EXPECT_EQ(words(200, body("timeout_error", "Late")), "504 server_error timeout Late");
}

TEST(AnthropicErrors, KeepsAStatusThatIsNotAnthropics) {
  EXPECT_EQ(words(503, body("api_error", "Soon")), "503 server_error overloaded Soon");
  EXPECT_EQ(words(502, body("api_error", "Gone")), "502 server_error - Gone");
  EXPECT_EQ(words(422, body("invalid_request_error", "No")), "422 invalid_request_error - No");
}

TEST(AnthropicErrors, RecognisesATooLongPrompt) {
  for (const char* message :
       {"prompt is too long: 201 tokens > 200 maximum", "input length and `max_tokens` exceed context limit: 2 > 1"}) {
    EXPECT_EQ(words(400, body("invalid_request_error", message)),
              "400 invalid_request_error context_length_exceeded " + std::string(message) +
                  " (This is more than the model's maximum context length.)");
  }
}

TEST(AnthropicErrors, RecognisesAnEmptyAccount) {
  EXPECT_TRUE(words(400, body("invalid_request_error", "Your credit balance is too low to access the API"))
                  .starts_with("400 invalid_request_error insufficient_quota "));
  EXPECT_TRUE(words(400, body("invalid_request_error", "You have reached your specified API usage limits."))
                  .starts_with("400 invalid_request_error insufficient_quota "));
}

TEST(AnthropicErrors, NamesACurrentModelInPlaceOfARetiredOne) {
  const auto hint = [](const std::string& model) {
    const std::string message = decode_error(404, body("not_found_error", "model: " + model), model).message;
    const size_t at = message.find(" model of its kind is ");
    return at == message.npos ? message : message.substr(at + 22);
  };
  EXPECT_EQ(hint("claude-2.0"), "claude-sonnet-5-5)");
  EXPECT_EQ(hint("claude-1.3"), "claude-sonnet-5-5)");
  EXPECT_EQ(hint("claude-instant-1.2"), "claude-haiku-5-5)");
  EXPECT_EQ(hint("claude-3-haiku-20240307"), "claude-haiku-5-5)");
  EXPECT_EQ(hint("claude-3-5-sonnet-latest"), "claude-sonnet-5-5)");
  EXPECT_EQ(hint("claude-opus-4-1-20250805"), "claude-opus-5-5)");
  EXPECT_EQ(hint("claude-opus-5-5"), "model: claude-opus-5-5");
  EXPECT_EQ(hint("claude-mystery"), "model: claude-mystery");
}

TEST(AnthropicErrors, TellsAMissingPageFromAMissingModel) {
  EXPECT_EQ(words(404, "<html><title>Not Found</title><body>nginx</body></html>", "claude-2.0"),
            "404 invalid_request_error - " +
                decode_error(404, "<html><title>Not Found</title><body>nginx</body></html>", "").message);
  EXPECT_EQ(words(404, body("not_found_error", "model: x"), "x"), "404 invalid_request_error model_not_found model: x");
}

TEST(AnthropicErrors, ReadsBodiesThatAreNotAnthropics) {
  EXPECT_EQ(words(502, "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>")
                .find('<'),
            std::string::npos);
  EXPECT_EQ(words(502, "upstream gone"), "502 server_error - upstream gone");
  EXPECT_EQ(words(401, ""),
            "401 authentication_error invalid_api_key The provider answered with an error and no message (401, the "
            "credential was refused).");
  EXPECT_EQ(words(429, R"({"error":"Slow down"})"), "429 rate_limit_error rate_limit_exceeded Slow down");
}

TEST(AnthropicErrors, ShowsNoCredential) {
  const std::string error = words(401, body("authentication_error", "bad key sk-ant-api03-abcdefghijklmnop"));
  EXPECT_EQ(error.find("abcdefghij"), std::string::npos) << error;
}

TEST(AnthropicErrors, TakesTheStatusOfAStreamErrorFromItsType) {
  const Error error = decode_stream_error(body("overloaded_error", "Overloaded"), "");
  EXPECT_EQ(test::describe(error), "503 server_error overloaded Overloaded");
  EXPECT_EQ(error.upstream_status, 529);
  EXPECT_EQ(test::describe(decode_stream_error(body("mystery", "Oh"), "")), "502 server_error - Oh");
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
