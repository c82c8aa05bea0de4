// What hosts mean by their words, and what clients are told of it.
#include "dialects/common/errors/words.h"

#include <gtest/gtest.h>

#include <string>

#include "dialects/common/errors/upstream_error.h"
#include "dialects/openai_chat/errors.h"

namespace onellm::dialects {
namespace {

ErrorMeaning meaning(int status, const std::string& body) {
  return meaning_of_error(status, read_error_body(status, body));
}

ErrorFields said(const std::string& message, const std::string& code = "") {
  ErrorFields fields;
  fields.message = message;
  fields.code = code;
  return fields;
}

ErrorMeaning meaning_of_message(int status, const std::string& message) {
  return meaning_of_error(status, said(message));
}

struct Case {
  int status;
  const char* body;
};

TEST(ErrorWords, NameAModelThatIsMissing) {
  const Case cases[] = {
      {400, R"({"error":{"message":"vendor/gone is not a valid model ID","code":400},"user_id":"user_1"})"},
      {404, R"({"error":{"message":"No endpoints found for vendor/gone.","code":404}})"},
      {400, R"({"error":{"message":"Model Not Exist","type":"invalid_request_error","code":"invalid_request_error"}})"},
      {400, R"({"object":"error","message":"Invalid model: m","type":"invalid_model","param":null,"code":"1500"})"},
      {400, R"({"error":{"message":"Invalid model 'm'. Permitted models are …","type":"invalid_model","code":400}})"},
      {400, R"({"errors":[{"message":"5007: No such model @cf/m or task","code":5007}],"success":false})"},
      {400, R"({"errors":[{"message":"AiError: AiError: No such model @cf/m or task","code":5007}],"result":{}})"},
      {400, R"({"error":{"message":"The model `m` has been decommissioned","code":"model_decommissioned"}})"},
      {400, R"({"error":{"code":"1211","message":"模型不存在，请检查模型代码。"}})"},
      {400, R"({"error":{"message":"Unknown model: m","code":"unknown_model"}})"},
      {400, R"({"error":{"message":"/chat/completions: Invalid model name passed in model=m","code":"400"}})"},
      {400, R"({"message":"The provided model identifier is invalid."})"},
      {400, R"({"error":{"message":"Unable to access non-serverless model m. Please visit https://x.org"}})"},
      {404, R"({"error":{"message":"model \"m\" not found, try pulling it first","type":"api_error"}})"},
  };
  for (const Case& c : cases) EXPECT_EQ(meaning(c.status, c.body), ErrorMeaning::kModelMissing) << c.body;
}

TEST(ErrorWords, NameAnAccountWithoutMoney) {
  const Case cases[] = {
      {400,
       R"({"error":{"code":"Arrearage","message":"Access denied, please make sure your account is in good standing."}})"},
      {429, R"({"error":{"message":"Your account org-1 is suspended","type":"exceeded_current_quota_error"}})"},
      {429, R"({"error":{"code":"1113","message":"余额不足或无可用资源包,请充值。"}})"},
      {429, R"({"error":{"code":"1113","message":"Insufficient balance or no resource package. Please recharge."}})"},
      {402, R"({"error":{"message":"Insufficient Balance","type":"unknown_error","code":"invalid_request_error"}})"},
      {402, R"({"error":{"message":"Insufficient credits. Add more using https://x.org","code":402}})"},
      {403,
       R"({"code":"permission","error":"Your team 1 has either used all available credits or reached its limit"})"},
      {429,
       R"({"error":{"code":429,"message":"Your prepayment credits are depleted.","status":"RESOURCE_EXHAUSTED"}})"},
      {429, R"({"errors":[{"message":"you have used up your daily free allocation of 10,000 neurons","code":3036}]})"},
      {412, R"({"error":{"message":"Account suspended. Please pay."}})"},
      {412,
       R"({"error":{"message":"Account acme is suspended, possibly due to reaching the monthly spending limit"}})"},
      {403,
       R"({"error":{"message":"Your account u is not active, organization o exceeded current quota, please check"}})"},
      {403,
       R"({"code":30011,"message":"The selected model requires paid balance. Your paid balance is insufficient."})"},
      {402, R"({"error":{"message":"More credits are required to run this request. 128000 token capacity required"}})"},
      {402,
       R"({"error":{"message":"Prompt tokens limit exceeded: 230799 > 91442. To increase, visit https://x.org"}})"},
      {0, R"({"base_resp":{"status_code":1008,"status_msg":"insufficient balance"}})"},
  };
  for (const Case& c : cases) EXPECT_EQ(meaning(c.status, c.body), ErrorMeaning::kNoMoney) << c.body;
}

// Google has the same sentence for a limit that is over in a minute.
TEST(ErrorWords, LeaveALimitThatPassesAlone) {
  EXPECT_EQ(meaning_of_message(429, "You exceeded your current quota, please check your plan and billing details."),
            ErrorMeaning::kUnknown);
  EXPECT_EQ(meaning(429, R"({"error":{"message":"Slow down","type":"tokens","code":"rate_limit_exceeded"}})"),
            ErrorMeaning::kUnknown);
  EXPECT_EQ(meaning_of_message(429, "Too many input tokens, please wait before trying again."), ErrorMeaning::kUnknown);
}

TEST(ErrorWords, NameARequestBeyondTheAccountsLimit) {
  const std::string groq =
      R"({"error":{"message":"Request too large for model `m` on tokens per minute (TPM): Limit 8000, Requested 42084",)"
      R"("type":"tokens","code":"rate_limit_exceeded"}})";
  EXPECT_EQ(meaning(413, groq), ErrorMeaning::kAccountLimit);
  EXPECT_EQ(meaning(429, groq), ErrorMeaning::kUnknown);
  EXPECT_EQ(meaning(413, R"({"error":{"message":"Payload too large"}})"), ErrorMeaning::kUnknown);
  const Error error = openai_chat::decode_error(413, groq);
  EXPECT_EQ(status_of(error), 413);
  EXPECT_EQ(code_of(error), "rate_limit_exceeded");
}

TEST(ErrorWords, NameAConversationThatIsTooLong) {
  for (const char* message : {
           "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens.",
           "Your input exceeds the context window of this model. Please adjust your input and try again.",
           "The input token count (1200293) exceeds the maximum number of tokens allowed (1048576).",
           "Unable to submit request because the input token count is 40000 but model only supports up to 32768.",
           "The model returned the following errors: Input is too long for requested model.",
           "Input is too long for requested model.",
           "The model returned the following errors: prompt is too long: 201 tokens > 200 maximum",
           "Prompt contains 70000 tokens and 0 draft tokens, too large for model with 32768 maximum context length",
           "This model's maximum prompt length is 131072 but the request contains 537812 tokens.",
           "Invalid request: Your request exceeded model token limit: 8192",
           "<400> InternalError.Algo.InvalidParameter: Range of input length should be [1, 30720]",
           "The request exceeds the available context size. Try increasing the context size.",
           "The input (9000 tokens) is longer than the model's context length (8192 tokens).",
           "invalid params, context window exceeds limit (2013)",
           "The prompt (total length 25938) is too long to fit into the model (context length 4096).",
           "Trying to keep the first 111490 tokens when context the overflows. However, the model is loaded with",
           "Input length 6491 exceeds context length 1500",
           "Input length 9000 exceeds the maximum allowed input length of 8000 tokens.",
           "the input length exceeds the context length",
           "prompt token count of 70000 exceeds the limit of 64000",
       }) {
    EXPECT_EQ(meaning_of_message(400, message), ErrorMeaning::kContextOverflow) << message;
    const Error error = make_upstream_error(400, said(message));
    EXPECT_EQ(error.code, "context_length_exceeded") << message;
    EXPECT_NE(error.message.find("maximum context length"), std::string::npos) << error.message;
    EXPECT_TRUE(error.message.starts_with(message)) << error.message;
  }
}

TEST(ErrorWords, SayOpenAisPhraseOnce) {
  const std::string own = "This model's maximum context length is 8192 tokens.";
  EXPECT_EQ(make_upstream_error(400, said(own, "context_length_exceeded")).message, own);
  EXPECT_EQ(make_upstream_error(400, said("Too long.", "context_length_exceeded")).message,
            "Too long. (This is more than the model's maximum context length.)");
}

TEST(ErrorWords, CallAConversationThatIsTooLongTheClientsMistake) {
  const Error error = make_upstream_error(500, said("the request exceeds the available context size"));
  EXPECT_EQ(error.status, 400);
  EXPECT_EQ(error.upstream_status, 500);
}

TEST(ErrorWords, GiveAStatusWhereThereIsNone) {
  EXPECT_EQ(make_upstream_error(0, said("insufficient balance")).status, 429);
  EXPECT_EQ(make_upstream_error(0, said("Model Not Exist")).status, 404);
  EXPECT_EQ(make_upstream_error(0, said("prompt is too long")).status, 400);
  EXPECT_EQ(make_upstream_error(0, said("Something else")).status, 502);
}

TEST(ErrorWords, KeepTheCodesThatClientsKnow) {
  const auto code = [](const char* word) { return make_upstream_error(400, said("No.", word)).code; };
  EXPECT_EQ(code("billing_hard_limit_reached"), "billing_hard_limit_reached");
  EXPECT_EQ(code("model_decommissioned"), "model_decommissioned");
  EXPECT_EQ(code("Arrearage"), "insufficient_quota");
  EXPECT_EQ(code("of_its_own"), "") << "that is the dialect's to say";
}

// Providers quote what clients wrote: it must not send a request elsewhere.
TEST(ErrorWords, AreNotTakenFromAQuotedRequest) {
  EXPECT_EQ(meaning_of_message(400, "messages[0].content: 'insufficient balance' is not allowed"),
            ErrorMeaning::kUnknown);
  EXPECT_EQ(meaning_of_message(400, "Invalid value 'the model x does not exist' for stop"), ErrorMeaning::kUnknown);
  EXPECT_EQ(meaning_of_message(422, "temperature must be at most 2"), ErrorMeaning::kUnknown);
}

TEST(ErrorWords, OfAServersTroubleMeanNothingElse) {
  EXPECT_EQ(meaning_of_message(503, "Insufficient balance between our data centers"), ErrorMeaning::kUnknown);
  EXPECT_EQ(meaning_of_message(502, "Model not found in cache"), ErrorMeaning::kUnknown);
}

TEST(ErrorWords, AreFoundInLongMessagesQuickly) {
  EXPECT_EQ(meaning_of_message(400, std::string(100'000, 'm')), ErrorMeaning::kUnknown);
  EXPECT_EQ(meaning_of_message(400, ""), ErrorMeaning::kUnknown);
}

}  // namespace
}  // namespace onellm::dialects
