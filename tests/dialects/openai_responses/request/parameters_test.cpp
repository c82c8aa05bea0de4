// What becomes of the parameters of a request. https://platform.openai.com/docs/api-reference/responses/create
#include <gtest/gtest.h>

#include "dialects/openai_responses/request_support.h"

namespace onellm::dialects::openai_responses {
namespace {

using Names = std::vector<std::string>;

TEST(OpenAiResponsesRequest, AsksForTheLeast) {
  const Sent sent = send_with(R"("stream":false)");
  EXPECT_EQ(sent.body, parse(R"({"model":"gpt-5.6","input":[{"type":"message","role":"user","content":[)"
                             R"({"type":"input_text","text":"hi"}]}],"include":["reasoning.encrypted_content"],)"
                             R"("store":false})"));
  EXPECT_TRUE(sent.dropped.empty());
}

TEST(OpenAiResponsesRequest, StreamsWithoutOptions) {
  const Sent sent = send_with(R"("stream":true,"stream_options":{"include_usage":true})");
  EXPECT_EQ(sent["stream"], true);
  EXPECT_FALSE(sent.body.contains("stream_options"));
  EXPECT_TRUE(sent.dropped.empty());
}

TEST(OpenAiResponsesRequest, StoresOnlyWhatTheClientWantsStored) {
  EXPECT_EQ(send_with(R"("store":true)")["store"], true);
  EXPECT_EQ(send_with(R"("store":false)")["store"], false);
}

TEST(OpenAiResponsesRequest, KeepsWhatHasTheSameName) {
  const std::string same =
      R"("metadata":{"a":"b"},"user":"u","safety_identifier":"s","prompt_cache_key":"k","prompt_cache_retention":"24h",)"
      R"("service_tier":"flex","parallel_tool_calls":false)";
  nlohmann::json expected = parse("{" + same + "}");
  const Sent sent = send_with(same);
  for (const auto& [key, value] : expected.items()) EXPECT_EQ(sent.body[key], value) << key;
  EXPECT_TRUE(sent.dropped.empty());
}

TEST(OpenAiResponsesRequest, KeepsTheDigitsOfNumbers) {
  const Sent sent = send_with(R"("temperature":0.10,"top_p":1e-1)", to_openai("gpt-4o"));
  EXPECT_NE(sent.text.find(R"("temperature":0.10,"top_p":1e-1)"), sent.text.npos);
}

TEST(OpenAiResponsesRequest, DropsWhatAModelThatReasonsRefuses) {
  const std::string sampling = R"("temperature":0.5,"top_p":0.5,"logprobs":true,"top_logprobs":2)";
  const Sent reasons = send_with(sampling);
  EXPECT_EQ(reasons.dropped, (Names{"logprobs", "temperature", "top_p"}));
  for (const char* key : {"temperature", "top_p", "top_logprobs"}) EXPECT_FALSE(reasons.body.contains(key)) << key;
  const Sent does_not = send_with(sampling + R"(,"reasoning_effort":"none")");
  EXPECT_TRUE(does_not.dropped.empty());
  EXPECT_EQ(does_not["temperature"], 0.5);
}

TEST(OpenAiResponsesRequest, LimitsTheOutputToNoLessThanTheLeast) {
  EXPECT_EQ(send_with(R"("max_tokens":100)")["max_output_tokens"], 100);
  EXPECT_EQ(send_with(R"("max_tokens":100,"max_completion_tokens":200)")["max_output_tokens"], 200);
  EXPECT_EQ(send_with(R"("max_completion_tokens":15)")["max_output_tokens"], 16);
  EXPECT_FALSE(send_with(R"("max_tokens":100)").body.contains("max_tokens"));
}

TEST(OpenAiResponsesRequest, AsksForASummaryOnlyWhereTheClientDoes) {
  const struct {
    const char* asked;
    const char* sent;
  } cases[] = {
      {R"("reasoning_effort":"high")", R"({"effort":"high"})"},
      {R"("reasoning_effort":"none")", R"({"effort":"none"})"},
      {R"("reasoning_effort":"high","include_reasoning":false)", R"({"effort":"high"})"},
      {R"("reasoning_effort":"high","include_reasoning":true)", R"({"effort":"high","summary":"auto"})"},
      {R"("reasoning_effort":"none","include_reasoning":true)", R"({"effort":"none"})"},
      {R"("include_reasoning":true)", R"({"summary":"auto"})"},
      {R"("include_reasoning":true,"reasoning":{"summary":"concise"})", R"({"summary":"concise"})"},
      {R"("reasoning_effort":"high","reasoning":{"summary":"detailed"})", R"({"effort":"high","summary":"detailed"})"},
      {R"("reasoning_effort":"none","reasoning":{"summary":"detailed"})", R"({"effort":"none"})"},
      {R"("reasoning_effort":"high","reasoning":{"effort":"low","summary":"auto"})",
       R"({"effort":"high","summary":"auto"})"},
  };
  for (const auto& c : cases) {
    const Sent sent = send_with(c.asked);
    EXPECT_EQ(sent["reasoning"], parse(c.sent)) << c.asked;
    EXPECT_FALSE(sent.body.contains("include_reasoning"));
    EXPECT_TRUE(sent.dropped.empty());
  }
  EXPECT_FALSE(send_with(R"("user":"u")").body.contains("reasoning"));
  EXPECT_FALSE(send_with(R"("reasoning":{})").body.contains("reasoning"));
}

// https://openrouter.ai/docs/use-cases/reasoning-tokens
TEST(OpenAiResponsesRequest, TakesOfReasoningOnlyWhatThisApiHas) {
  const Sent sent = send_with(R"("reasoning":{"effort":"high","max_tokens":2000,"exclude":true,"enabled":true})");
  EXPECT_EQ(sent["reasoning"], parse(R"({"effort":"high"})"));
  EXPECT_EQ(sent.dropped, (Names{"reasoning.max_tokens"}));
  EXPECT_EQ(send_with(R"("reasoning":{"effort":"minimal"})")["reasoning"], parse(R"({"effort":"low"})"))
      << "the nearest that the model has";
  EXPECT_EQ(send_with(R"("include_reasoning":true,"reasoning":{"summary":null})")["reasoning"],
            parse(R"({"summary":"auto"})"));
  EXPECT_EQ(send_with(R"("include_reasoning":true,"reasoning":{"effort":"none","summary":"auto"})")["reasoning"],
            parse(R"({"effort":"none"})"));
}

TEST(OpenAiResponsesRequest, ChoosesTheNearestEffort) {
  EXPECT_EQ(send_with(R"("reasoning_effort":"minimal")")["reasoning"]["effort"], "low");
  // Chat Completions holds this one to xhigh.
  EXPECT_EQ(send_with(R"("reasoning_effort":"max")", to_openai("gpt-6.1-sol"))["reasoning"]["effort"], "max");
}

TEST(OpenAiResponsesRequest, LetsTheClientSayItInResponsesOwnWords) {
  const std::string own = R"("reasoning":{"effort":"low","summary":"detailed"},"truncation":"auto","max_tool_calls":3)";
  const Sent sent = send_with(own);
  EXPECT_EQ(sent["reasoning"], parse(R"({"effort":"low","summary":"detailed"})"));
  EXPECT_EQ(sent["truncation"], "auto");
  EXPECT_EQ(sent["max_tool_calls"], 3);
  EXPECT_TRUE(sent.dropped.empty());
  EXPECT_EQ(send_with(R"("reasoning":"low")").dropped, (Names{"reasoning"}));
}

TEST(OpenAiResponsesRequest, PutsFormatAndVerbosityIntoText) {
  const Sent sent = send_with(
      R"("verbosity":"low","response_format":{"type":"json_schema","json_schema":{"name":"n","description":"d",)"
      R"("strict":true,"schema":{"type":"object","x":1.50}}})");
  EXPECT_EQ(sent["text"],
            parse(R"({"verbosity":"low","format":{"type":"json_schema","name":"n","description":"d","strict":true,)"
                  R"("schema":{"type":"object","x":1.5}}})"));
  EXPECT_NE(sent.text.find("1.50"), sent.text.npos);
  EXPECT_EQ(send_with(R"("response_format":{"type":"json_object"})")["text"],
            parse(R"({"format":{"type":"json_object"}})"));
  EXPECT_EQ(send_with(R"("response_format":{"type":"text"})")["text"], parse(R"({"format":{"type":"text"}})"));
  EXPECT_EQ(send_with(R"("response_format":{"type":"json_schema","json_schema":{"name":"n"}})")["text"]["format"],
            parse(R"({"type":"json_schema","name":"n","strict":false,"schema":{"type":"object"}})"));
}

TEST(OpenAiResponsesRequest, AsksForLogprobsByTwoNames) {
  const Sent sent = send_with(R"("logprobs":true,"top_logprobs":2)", to_openai("gpt-4o"));
  EXPECT_EQ(sent["top_logprobs"], 2);
  EXPECT_EQ(sent["include"], parse(R"(["reasoning.encrypted_content","message.output_text.logprobs"])"));
  const Sent none = send_with(R"("logprobs":false,"top_logprobs":0)", to_openai("gpt-4o"));
  EXPECT_EQ(none["include"], parse(R"(["reasoning.encrypted_content"])"));
  EXPECT_TRUE(none.dropped.empty());
}

TEST(OpenAiResponsesRequest, NamesWhatCannotBeHad) {
  const Sent sent = send_with(
      R"("stop":["a"],"seed":1,"presence_penalty":0.5,"frequency_penalty":0,"logit_bias":{"1":2},)"
      R"("prediction":{"type":"content","content":"x"},"moderation":{"model":"m"},"top_k":3,"modalities":["text"])");
  EXPECT_EQ(sent.dropped,
            (Names{"stop", "seed", "presence_penalty", "logit_bias", "prediction", "moderation", "top_k"}));
  for (const std::string& name : sent.dropped) EXPECT_FALSE(sent.body.contains(name)) << name;
}

TEST(OpenAiResponsesRequest, LeavesOutWhatSettingsSay) {
  const Names settings = {"user"};
  EncodeOptions options = to_openai();
  options.host.drop = settings;
  const Sent sent = send_with(R"("user":"u","metadata":{})", options);
  EXPECT_EQ(sent.dropped, settings);
  EXPECT_TRUE(sent["user"].is_null());
  EXPECT_FALSE(sent["metadata"].is_null());
}

TEST(OpenAiResponsesRequest, IsRefusedInPlaceOfADropWhereItIsStrict) {
  EncodeOptions strict = to_openai();
  strict.strict = true;
  const Sent refused = send_with(R"("stop":["a"])", strict);
  ASSERT_FALSE(refused.ok);
  EXPECT_EQ(refused.error.kind, ErrorKind::kUnsupportedParameter);
  EXPECT_EQ(refused.error.param, "stop");
  EXPECT_TRUE(send_with(R"("user":"u")", strict).ok);
}

TEST(OpenAiResponsesRequest, IsRefusedWhereTheAnswerWouldBeAnother) {
  const struct {
    const char* members;
    const char* param;
  } cases[] = {
      {R"("n":2)", "n"},
      {R"("modalities":["text","audio"],"audio":{"voice":"alloy","format":"mp3"})", "audio"},
      {R"("modalities":["audio"])", "modalities"},
  };
  for (const auto& c : cases) {
    const Sent sent = send_with(c.members);
    ASSERT_FALSE(sent.ok) << c.members;
    EXPECT_EQ(sent.error.kind, ErrorKind::kUnsupportedParameter);
    EXPECT_EQ(sent.error.param, c.param);
  }
  EXPECT_EQ(send_messages(R"({"role":"user","content":"a"},{"role":"assistant","content":null,"audio":{"id":"x"}})")
                .error.param,
            "messages[1].audio");
}

}  // namespace
}  // namespace onellm::dialects::openai_responses
