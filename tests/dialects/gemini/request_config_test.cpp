#include "gemini_request.h"

namespace onellm::dialects {
namespace {

using Names = std::vector<std::string>;

Json config_of(std::string_view members, const std::string& model = "gemini-flash-latest") {
  return gemini_member("generationConfig", members, model);
}

TEST(GeminiRequestConfig, IsLeftOutWhereNothingIsAskedFor) {
  EXPECT_FALSE(encode_gemini_with(R"("stream":true,"n":1)").body.contains("generationConfig"));
}

TEST(GeminiRequestConfig, PassesNumbersWithTheirDigits) {
  const DecodedBody decoded = decode_good(
      body_with(R"("temperature":0.70,"top_p":1e-1,"presence_penalty":-2,"frequency_penalty":0,"top_k":40)"));
  Result<EncodedRequest> encoded = encode_gemini_request(*decoded.request, {.model = "gemini-2.5-flash"});
  ASSERT_TRUE(encoded);
  EXPECT_NE(encoded->body.flat().find(
                R"({"temperature":0.70,"topP":1e-1,"presencePenalty":-2,"frequencyPenalty":0,"topK":40})"),
            std::string::npos)
      << encoded->body.flat();
}

TEST(GeminiRequestConfig, SendsATemperatureOfZero) {
  EXPECT_EQ(config_of(R"("temperature":0)"), parse(R"({"temperature":0})"));
}

TEST(GeminiRequestConfig, PrefersTheNewerLimitOfTokens) {
  EXPECT_EQ(config_of(R"("max_tokens":7)"), parse(R"({"maxOutputTokens":7})"));
  EXPECT_EQ(config_of(R"("max_tokens":7,"max_completion_tokens":9)"), parse(R"({"maxOutputTokens":9})"));
}

TEST(GeminiRequestConfig, SendsStopsAsAnArray) {
  EXPECT_EQ(config_of(R"("stop":"END")"), parse(R"({"stopSequences":["END"]})"));
  EXPECT_EQ(config_of(R"("stop":["a","b"])"), parse(R"({"stopSequences":["a","b"]})"));
}

TEST(GeminiRequestConfig, AsksForSeveralCandidates) {
  EXPECT_EQ(config_of(R"("n":8)"), parse(R"({"candidateCount":8})"));
  for (const char* members : {R"("n":9)", R"("n":2,"stream":true)"}) {
    const GeminiRequest sent = encode_gemini_with(members);
    EXPECT_TRUE(sent.body.is_null()) << members;
    EXPECT_EQ(sent.error.kind, ErrorKind::kUnsupportedParameter) << members;
    EXPECT_EQ(sent.error.param, "n") << members;
  }
}

TEST(GeminiRequestConfig, DropsASeedOfMoreThan32Bits) {
  EXPECT_EQ(config_of(R"("seed":-2147483648)"), parse(R"({"seed":-2147483648})"));
  const GeminiRequest sent = encode_gemini_with(R"("seed":2147483648)");
  EXPECT_FALSE(sent.body.contains("generationConfig"));
  EXPECT_EQ(sent.dropped, Names{"seed"});
}

TEST(GeminiRequestConfig, AsksForLogprobs) {
  EXPECT_EQ(config_of(R"("logprobs":true)"), parse(R"({"responseLogprobs":true})"));
  EXPECT_EQ(config_of(R"("logprobs":true,"top_logprobs":3)"), parse(R"({"responseLogprobs":true,"logprobs":3})"));
  EXPECT_TRUE(config_of(R"("logprobs":false,"top_logprobs":0)").is_null());
  EXPECT_EQ(encode_gemini_with(R"("top_logprobs":3)").dropped, Names{"top_logprobs"});
}

// --- format ---

TEST(GeminiRequestConfig, AsksForJson) {
  EXPECT_TRUE(config_of(R"("response_format":{"type":"text"})").is_null());
  EXPECT_EQ(config_of(R"("response_format":{"type":"json_object"})"),
            parse(R"({"responseMimeType":"application/json"})"));
}

TEST(GeminiRequestConfig, PassesASchemaAsItIs) {
  const std::string schema = R"({"$ref":"#/$defs/A","$defs":{"A":{"type":"object","properties":{"x":{"const":1}}}}})";
  const std::string format =
      R"("response_format":{"type":"json_schema","json_schema":{"name":"n","strict":true,"schema":)" + schema + "}}";
  EXPECT_EQ(config_of(format, "gemini-2.5-flash"),
            parse(R"({"responseMimeType":"application/json","responseJsonSchema":)" + schema + "}"));
}

TEST(GeminiRequestConfig, ConvertsASchemaForOlderModels) {
  const std::string format =
      R"("response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object",)"
      R"("properties":{"x":{"const":"y"}},"additionalProperties":false}}})";
  EXPECT_EQ(config_of(format, "gemini-1.5-pro"), parse(R"({"responseMimeType":"application/json","responseSchema":
                      {"type":"object","properties":{"x":{"type":"string","enum":["y"]}}}})"));
}

TEST(GeminiRequestConfig, NamesTheSchemaThatCannotBeConverted) {
  const std::string format = R"("response_format":{"type":"json_schema","json_schema":{"name":"n","schema":)"
                             R"({"type":"object","properties":{"child":{"$ref":"#"}}}}})";
  const GeminiRequest sent = encode_gemini_with(format, "gemini-1.5-pro");
  EXPECT_EQ(sent.error.kind, ErrorKind::kBadRequest);
  EXPECT_EQ(sent.error.param, "response_format.json_schema.schema");
}

TEST(GeminiRequestConfig, SendsNoSchemaThatSaysNothing) {
  const char* const format =
      R"("response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object"}}})";
  EXPECT_EQ(config_of(format), parse(R"({"responseMimeType":"application/json"})"));
}

// --- thinking ---

struct ThinkingCase {
  const char* model;
  const char* effort;
  const char* config;
};

TEST(GeminiRequestConfig, TellsEachFamilyHowMuchToThink) {
  const ThinkingCase cases[] = {
      {"gemini-3-flash-preview", "none", R"({"thinkingLevel":"MINIMAL"})"},
      {"gemini-3-flash-preview", "minimal", R"({"thinkingLevel":"MINIMAL","includeThoughts":true})"},
      {"gemini-3.1-pro-preview", "none", R"({"thinkingLevel":"LOW"})"},
      {"gemini-3.1-pro-preview", "minimal", R"({"thinkingLevel":"LOW","includeThoughts":true})"},
      {"gemini-3.8-flash", "medium", R"({"thinkingLevel":"MEDIUM","includeThoughts":true})"},
      {"gemini-flash-latest", "xhigh", R"({"thinkingLevel":"HIGH","includeThoughts":true})"},
      {"gemini-flash-latest", "max", R"({"thinkingLevel":"HIGH","includeThoughts":true})"},
      {"gemini-2.5-flash", "none", R"({"thinkingBudget":0})"},
      {"gemini-2.5-flash", "minimal", R"({"thinkingBudget":512,"includeThoughts":true})"},
      {"gemini-2.5-flash", "medium", R"({"thinkingBudget":8192,"includeThoughts":true})"},
      {"gemini-2.5-flash", "max", R"({"thinkingBudget":24576,"includeThoughts":true})"},
      {"gemini-2.5-flash-lite", "none", R"({"thinkingBudget":0})"},
      {"gemini-2.5-pro", "none", R"({"thinkingBudget":128})"},
      {"gemini-2.5-pro", "max", R"({"thinkingBudget":32768,"includeThoughts":true})"},
  };
  for (const ThinkingCase& c : cases) {
    const std::string members = R"("reasoning_effort":")" + std::string(c.effort) + '"';
    EXPECT_EQ(config_of(members, c.model), Json({{"thinkingConfig", parse(c.config)}})) << c.model << ' ' << c.effort;
  }
}

TEST(GeminiRequestConfig, DropsTheEffortOfModelsThatDoNotThink) {
  EXPECT_EQ(encode_gemini_with(R"("reasoning_effort":"low")", "gemini-2.0-flash").dropped, Names{"reasoning_effort"});
  EXPECT_TRUE(encode_gemini_with(R"("reasoning_effort":"none")", "gemini-2.0-flash").dropped.empty());
}

TEST(GeminiRequestConfig, RefusesAnUnknownEffort) {
  EXPECT_EQ(encode_gemini_with(R"("reasoning_effort":"huge")").error.param, "reasoning_effort");
}

TEST(GeminiRequestConfig, RefusesOtherOutputsThanText) {
  EXPECT_TRUE(config_of(R"("modalities":["text"])").is_null());
  const GeminiRequest sent = encode_gemini_with(R"("modalities":["text","audio"],"audio":{"voice":"a"})");
  EXPECT_EQ(sent.error.kind, ErrorKind::kUnsupportedParameter);
  EXPECT_EQ(sent.error.param, "modalities");
}

TEST(GeminiRequestConfig, RefusesATopKThatIsNoNumber) {
  EXPECT_EQ(encode_gemini_with(R"("top_k":"40")").error.param, "top_k");
}

}  // namespace
}  // namespace onellm::dialects
