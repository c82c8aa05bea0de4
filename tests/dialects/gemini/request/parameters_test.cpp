#include "dialects/gemini/gemini_request.h"

namespace onellm::dialects::gemini {
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
  Result<EncodedRequest> encoded = encode_request(*decoded.request, {.model = "gemini-2.5-flash"});
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

TEST(GeminiRequestConfig, LeavesOutPenaltiesWhereTheModelHasNone) {
  const char* const penalties = R"("presence_penalty":0.1,"frequency_penalty":0)";
  EXPECT_EQ(config_of(penalties, "gemini-2.0-flash"), parse(R"({"presencePenalty":0.1,"frequencyPenalty":0})"));
  for (const char* model : {"gemini-2.5-flash", "gemini-3.5-flash", "gemini-4-argon", "gemini-flash-latest"}) {
    const GeminiRequest sent = encode_gemini_with(penalties, model);
    EXPECT_FALSE(sent.body.contains("generationConfig")) << model;
    EXPECT_EQ(sent.dropped, Names{"presence_penalty"}) << model;
  }
}

TEST(GeminiRequestConfig, RefusesSeveralCandidatesWhereTheModelGivesOne) {
  EXPECT_EQ(config_of(R"("n":2)", "gemini-3.8-flash"), parse(R"({"candidateCount":2})"));
  EXPECT_EQ(encode_gemini_with(R"("n":2)", "gemini-4-argon").error.param, "n");
}

TEST(GeminiRequestConfig, LowersALimitBeyondTheModelsOwn) {
  EXPECT_EQ(config_of(R"("max_tokens":65536)", "gemini-2.5-pro"), parse(R"({"maxOutputTokens":65536})"));
  const GeminiRequest sent = encode_gemini_with(R"("max_tokens":65537)", "gemini-2.5-pro");
  EXPECT_EQ(sent.body["generationConfig"], parse(R"({"maxOutputTokens":65536})"));
  EXPECT_EQ(sent.dropped, Names{"max_tokens"});
  EXPECT_EQ(config_of(R"("max_tokens":100000)", "gemini-4-argon"), parse(R"({"maxOutputTokens":100000})"));
}

// --- format ---

// https://github.com/googleapis/python-genai/issues/867
TEST(GeminiRequestConfig, LeavesOutJsonBesideToolsBeforeGemini3) {
  const std::string json = R"("response_format":{"type":"json_object"})";
  const std::string tools = R"("tools":[{"type":"function","function":{"name":"f"}}],)";
  for (const std::string& beside : {tools, std::string(R"("web_search_options":{},)")}) {
    const GeminiRequest sent = encode_gemini_with(beside + json, "gemini-2.5-flash");
    EXPECT_FALSE(sent.body.contains("generationConfig"));
    EXPECT_TRUE(sent.body.contains("tools"));
    EXPECT_EQ(sent.dropped, Names{"response_format"});
  }
  const GeminiRequest idle = encode_gemini_with(tools + R"("tool_choice":"none",)" + json, "gemini-2.5-flash");
  EXPECT_TRUE(idle.body.contains("generationConfig"));
  EXPECT_FALSE(idle.body.contains("tools") || idle.body.contains("toolConfig"));
  EXPECT_TRUE(idle.dropped.empty());
  const GeminiRequest newer = encode_gemini_with(tools + json, "gemini-3-flash-preview");
  EXPECT_TRUE(newer.body.contains("generationConfig") && newer.body.contains("tools"));
}

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

TEST(GeminiRequestConfig, KnowsTheLevelsOfEachModel) {
  const ThinkingCase cases[] = {
      {"gemini-3-pro-preview", "medium", R"({"thinkingLevel":"HIGH","includeThoughts":true})"},
      {"gemini-4-argon", "none", R"({"thinkingLevel":"LOW"})"},
      {"gemini-4-argon", "xhigh", R"({"thinkingLevel":"HIGH","includeThoughts":true})"},
      {"gemma-4-31b-it", "none", R"({"thinkingLevel":"MINIMAL"})"},
      {"gemma-4-31b-it", "low", R"({"thinkingLevel":"HIGH","includeThoughts":true})"},
  };
  for (const ThinkingCase& c : cases) {
    const std::string members = R"("reasoning_effort":")" + std::string(c.effort) + '"';
    EXPECT_EQ(config_of(members, c.model), Json({{"thinkingConfig", parse(c.config)}})) << c.model << ' ' << c.effort;
  }
  const char* none = R"("reasoning_effort":"none")";
  EXPECT_EQ(encode_gemini_with(none, "gemini-4-argon").dropped, Names{"reasoning_effort"}) << "it thinks all the same";
  EXPECT_EQ(encode_gemini_with(none, "gemini-2.5-pro").dropped, Names{"reasoning_effort"});
  EXPECT_TRUE(encode_gemini_with(none, "gemma-4-31b-it").dropped.empty());
}

TEST(GeminiRequestConfig, TakesTheWordsOfOtherApisForThinking) {
  struct Case {
    const char* model;
    const char* asked;
    const char* config;
    Names dropped;
  };
  const Case cases[] = {
      {"gemini-2.5-flash",
       R"("reasoning":{"effort":"high"})",
       R"({"thinkingBudget":24576,"includeThoughts":true})",
       {}},
      {"gemini-2.5-flash",
       R"("reasoning":{"max_tokens":2000})",
       R"({"thinkingBudget":2000,"includeThoughts":true})",
       {}},
      {"gemini-2.5-flash", R"("reasoning":{"max_tokens":2000,"exclude":true})", R"({"thinkingBudget":2000})", {}},
      {"gemini-2.5-flash", R"("reasoning":{"enabled":true})", R"({"includeThoughts":true})", {}},
      {"gemini-2.5-flash", R"("reasoning":{"enabled":false})", R"({"thinkingBudget":0})", {}},
      {"gemini-2.5-flash",
       R"("thinking":{"type":"enabled","budget_tokens":99999})",
       R"({"thinkingBudget":24576,"includeThoughts":true})",
       {}},
      {"gemini-2.5-flash", R"("thinking":{"type":"disabled"})", R"({"thinkingBudget":0})", {}},
      {"gemini-2.5-flash", R"("thinking":{"type":"newest"})", "null", {"thinking"}},
      {"gemini-2.5-flash",
       R"("thinking_config":{"thinking_budget":-1,"include_thoughts":true})",
       R"({"includeThoughts":true})",
       {}},
      {"gemini-3.8-flash",
       R"("reasoning":{"max_tokens":2000})",
       R"({"thinkingLevel":"LOW","includeThoughts":true})",
       {}},
      {"gemini-3.8-flash",
       R"("thinking":{"type":"enabled","budget_tokens":20000})",
       R"({"thinkingLevel":"HIGH","includeThoughts":true})",
       {}},
      {"gemini-3.8-flash",
       R"("thinkingConfig":{"thinkingLevel":"MEDIUM","includeThoughts":false})",
       R"({"thinkingLevel":"MEDIUM"})",
       {}},
      {"gemini-3.8-flash",
       R"("output_config":{"effort":"medium"})",
       R"({"thinkingLevel":"MEDIUM","includeThoughts":true})",
       {}},
      {"gemini-2.0-flash", R"("thinking":{"type":"enabled","budget_tokens":2000})", "null", {"thinking"}},
  };
  for (const Case& c : cases) {
    const GeminiRequest sent = encode_gemini_with(c.asked, c.model);
    const Json config = sent.body.value("generationConfig", Json::object()).value("thinkingConfig", Json());
    EXPECT_EQ(config, parse(c.config)) << c.model << ' ' << c.asked;
    EXPECT_EQ(sent.dropped, c.dropped) << c.model << ' ' << c.asked;
  }
}

TEST(GeminiRequestConfig, DropsTheEffortOfModelsThatDoNotThink) {
  EXPECT_EQ(encode_gemini_with(R"("reasoning_effort":"low")", "gemini-2.0-flash").dropped, Names{"reasoning_effort"});
  EXPECT_TRUE(encode_gemini_with(R"("reasoning_effort":"none")", "gemini-2.0-flash").dropped.empty());
}

TEST(GeminiRequestConfig, RefusesAnUnknownEffort) {
  EXPECT_EQ(encode_gemini_with(R"("reasoning_effort":"huge")").error.param, "reasoning_effort");
}

TEST(GeminiRequestConfig, AsksForPicturesBesideText) {
  EXPECT_EQ(config_of(R"("modalities":["image","text"])")["responseModalities"], Json({"IMAGE", "TEXT"}));
}

TEST(GeminiRequestConfig, RefusesOtherOutputsThanTextAndPictures) {
  EXPECT_TRUE(config_of(R"("modalities":["text"])").is_null());
  const GeminiRequest sent = encode_gemini_with(R"("modalities":["text","audio"],"audio":{"voice":"a"})");
  EXPECT_EQ(sent.error.kind, ErrorKind::kUnsupportedParameter);
  EXPECT_EQ(sent.error.param, "modalities");
}

TEST(GeminiRequestConfig, RefusesATopKThatIsNoNumber) {
  EXPECT_EQ(encode_gemini_with(R"("top_k":"40")").error.param, "top_k");
}

}  // namespace
}  // namespace onellm::dialects::gemini
