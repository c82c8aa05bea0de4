#include "dialects/openai_responses/errors.h"

#include <gtest/gtest.h>

#include "dialects/common/errors/reason.h"
#include "dialects/openai_chat/client/encode_error.h"

namespace onellm::dialects::openai_responses {
namespace {

Error error_of(int status, const std::string& members) {
  return decode_error(status, R"({"error":{"message":"No.","type":"invalid_request_error",)" + members + "}}");
}

TEST(OpenAiResponsesErrors, KeepWhatOpenAiSays) {
  const Error error = error_of(429, R"("param":null,"code":"rate_limit_exceeded")");
  EXPECT_EQ(status_of(error), 429);
  EXPECT_EQ(error.message, "No.");
  EXPECT_EQ(type_of(error), "invalid_request_error");
  EXPECT_EQ(code_of(error), "rate_limit_exceeded");
  EXPECT_EQ(error.param, "");
}

TEST(OpenAiResponsesErrors, NameParametersAsTheClientDoes) {
  const struct {
    const char* theirs;
    const char* ours;
  } cases[] = {
      {"max_output_tokens", "max_completion_tokens"},
      {"reasoning.effort", "reasoning_effort"},
      {"text.format.schema", "response_format"},
      {"text.verbosity", "verbosity"},
      {"input[2].content[0]", "messages"},
      {"inputs", "inputs"},
      {"tools[0].name", "tools[0].name"},
  };
  for (const auto& c : cases) EXPECT_EQ(error_of(400, R"("param":")" + std::string(c.theirs) + '"').param, c.ours);
}

TEST(OpenAiResponsesErrors, KeepWhatAzuresFiltersFound) {
  const std::string filters = R"("content_filters":[{"blocked":true,"source_type":"prompt"}])";
  const Error error = error_of(400, R"("param":"prompt","code":"content_filter",)" + filters);
  EXPECT_EQ(code_of(error), "content_filter");
  EXPECT_EQ(error.extra, filters);
}

TEST(OpenAiResponsesErrors, KeepWhatAzuresFiltersFoundInAResponseThatFailed) {
  Event event;
  event.content_filters = {R"([{"blocked":true,"source_type":"completion"}])"};
  for (const char* said : {R"({"code":"content_filter","message":"No."})", ""}) {
    event.error = {said};
    event.error_code = {"content_filter"};
    const Error error = decode_failure(event);
    EXPECT_EQ(code_of(error), "content_filter");
    EXPECT_EQ(error.extra, R"("content_filters":[{"blocked":true,"source_type":"completion"}])");
  }
}

TEST(OpenAiResponsesErrors, MissAModelAsChatCompletionsDoes) {
  const Error error = error_of(400, R"("param":"model","code":"model_not_found")");
  EXPECT_EQ(status_of(error), 404);
  EXPECT_EQ(error.upstream_status, 400);
}

TEST(OpenAiResponsesErrors, TellTheClientsMistakesFromTheProviders) {
  const auto status_for = [](const char* code) {
    Event event;
    event.error_code = {code};
    event.error_message = {"No."};
    return status_of(decode_failure(event));
  };
  EXPECT_EQ(status_for("invalid_prompt"), 400);
  EXPECT_EQ(status_for("failed_to_download_image"), 400);
  EXPECT_EQ(status_for("rate_limit_exceeded"), 429);
  EXPECT_EQ(status_for("server_error"), 500);
  EXPECT_EQ(status_for("vector_store_timeout"), 502);
}

TEST(OpenAiResponsesErrors, MaskCredentials) {
  Event event;
  event.error = {R"({"code":"server_error","message":"Incorrect API key provided: sk-abcdefghijklmnop."})"};
  EXPECT_EQ(decode_failure(event).message.find("abcdef"), std::string::npos);
}

}  // namespace
}  // namespace onellm::dialects::openai_responses
