#include "dialects/gemini/request/writer.h"

#include "base/text.h"
#include "dialects/gemini/gemini_request.h"
#include "support/transcript.h"

namespace onellm::dialects::gemini {
namespace {

using Names = std::vector<std::string>;

std::string joined(const Names& names) {
  std::string out;
  for (const std::string& name : names) out += name + '\n';
  return out;
}

// Whole requests, as clients send them: tests/fixtures/gemini/requests.
TEST(GeminiRequestEncoder, SendsEveryFixtureAsItSays) {
  const std::vector<test::Transcript> all = test::read_transcripts("gemini/requests");
  EXPECT_GE(all.size(), 5u);
  for (const test::Transcript& transcript : all) {
    const std::string model = std::string(trim(transcript.blocks.at("model")));
    const GeminiRequest sent = encode_gemini(transcript.blocks.at("request"), {.model = model});
    EXPECT_EQ(sent.body, parse(transcript.blocks.at("body"))) << transcript.name << "\n" << sent.error.message;
    EXPECT_EQ(joined(sent.dropped), transcript.blocks.at("dropped")) << transcript.name;
  }
}

TEST(GeminiRequestEncoder, NeverSendsAKeyOfOpenAi) {
  const GeminiRequest sent = encode_gemini_with(
      R"("logit_bias":{"1":1},"user":"u","metadata":{"a":"b"},"store":true,"verbosity":"low","prompt_cache_key":"k",
         "safety_identifier":"s","prediction":{"type":"content","content":"x"},"moderation":{"model":"m"},
         "prompt_cache_options":{"mode":"implicit"},"prompt_cache_retention":"24h","audio":{"voice":"v"},
         "stream":true,"stream_options":{"include_usage":true},"onellm":{"merge":"race"})");
  EXPECT_EQ(sent.body, parse(R"({"contents":[{"role":"user","parts":[{"text":"hi"}]}]})"));
  EXPECT_EQ(sent.dropped,
            (Names{"store", "logit_bias", "user", "metadata", "verbosity", "prompt_cache_key", "safety_identifier",
                   "prediction", "moderation", "prompt_cache_options", "prompt_cache_retention", "audio"}));
}

TEST(GeminiRequestEncoder, DoesNotMissWhatAskedForNothing) {
  EXPECT_TRUE(encode_gemini_with(R"("store":false,"logit_bias":{},"logprobs":false)").dropped.empty());
}

TEST(GeminiRequestEncoder, DropsKeysThatNobodyKnows) {
  const GeminiRequest sent =
      encode_gemini_with(R"("min_p":0.1,"extra_body":{"google":{}},"contents":[],"generationConfig":{"seed":1})");
  EXPECT_EQ(sent.body, parse(R"({"contents":[{"role":"user","parts":[{"text":"hi"}]}],"store":false})"));
  EXPECT_EQ(sent.dropped, (Names{"min_p", "extra_body", "contents", "generationConfig"}));
}

TEST(GeminiRequestEncoder, RefusesADropWhereTheRequestIsStrict) {
  const GeminiRequest sent = encode_gemini(body_with(R"("user":"u")"), {.model = "gemini-3-flash", .strict = true});
  EXPECT_TRUE(sent.body.is_null());
  EXPECT_EQ(sent.error.kind, ErrorKind::kUnsupportedParameter);
  EXPECT_EQ(sent.error.param, "user");
}

TEST(GeminiRequestEncoder, PassesTheNameOfCachedContent) {
  EXPECT_EQ(gemini_member("cachedContent", R"("cached_content":"cachedContents/1")"), "cachedContents/1");
  EXPECT_EQ(gemini_member("cachedContent", R"("cachedContent":"cachedContents/2")"), "cachedContents/2");
  EXPECT_EQ(encode_gemini_with(R"("cached_content":{})").error.param, "cached_content");
}

TEST(GeminiRequestEncoder, MapsTheServiceTier) {
  EXPECT_TRUE(gemini_member("serviceTier", R"("service_tier":"auto")").is_null());
  EXPECT_EQ(gemini_member("serviceTier", R"("service_tier":"default")"), "standard");
  EXPECT_EQ(gemini_member("serviceTier", R"("service_tier":"flex")"), "flex");
  EXPECT_EQ(gemini_member("serviceTier", R"("service_tier":"fast")"), "priority");
  EXPECT_EQ(encode_gemini_with(R"("service_tier":"scale")").dropped, Names{"service_tier"});
}

// --- safety ---

constexpr const char* kArray = R"([{"category":"HARM_CATEGORY_HARASSMENT","threshold":"OFF"}])";

TEST(GeminiSafety, TakesBothForms) {
  EXPECT_EQ(gemini_member("safetySettings", R"("safety_settings":)" + std::string(kArray)), parse(kArray));
  EXPECT_EQ(gemini_member("safetySettings",
                          R"("safetySettings":{"HARASSMENT":"OFF","HARM_CATEGORY_HATE_SPEECH":"BLOCK_NONE"})"),
            parse(R"([{"category":"HARM_CATEGORY_HARASSMENT","threshold":"OFF"},
                      {"category":"HARM_CATEGORY_HATE_SPEECH","threshold":"BLOCK_NONE"}])"));
  for (const char* bad : {"5", R"("OFF")", R"({"HARASSMENT":1})"}) {
    EXPECT_EQ(encode_gemini_with(R"("safety_settings":)" + std::string(bad)).error.param, "safety_settings") << bad;
  }
}

TEST(GeminiSafety, LetsTheGatewaysOwnSettingsWin) {
  const GeminiRequest sent = encode_gemini(body_with(R"("safety_settings":[])"),
                                           {.model = "gemini-3-flash", .safety_settings = {R"({"HARASSMENT":"OFF"})"}});
  EXPECT_EQ(sent.body["safetySettings"], parse(kArray));
  EXPECT_EQ(sent.dropped, Names{"safety_settings"});
}

// https://ai.google.dev/gemini-api/docs/logs-datasets
TEST(GeminiRequestEncoder, TellsGoogleToStoreNothingUnlessTheClientWantsIt) {
  EXPECT_EQ(encode_gemini_with(R"("n":1)").body["store"], false);
  EXPECT_EQ(encode_gemini_with(R"("store":null)").body["store"], false);
  const GeminiRequest wanted = encode_gemini_with(R"("store":true)");
  EXPECT_FALSE(wanted.body.contains("store"));
  EXPECT_EQ(wanted.dropped, Names{"store"});
}

TEST(GeminiRequestEncoder, KnowsWhichModelsTakeACacheByItsName) {
  const char* const cached = R"("cached_content":"cachedContents/x")";
  EXPECT_EQ(encode_gemini_with(cached, "gemini-3.8-flash").body["cachedContent"], "cachedContents/x");
  const GeminiRequest newest = encode_gemini_with(cached, "gemini-4-argon");
  EXPECT_FALSE(newest.body.contains("cachedContent"));
  EXPECT_EQ(newest.dropped, Names{"cached_content"});
}

TEST(GeminiRequest, KeepsTheFirstFiveTextsToStopAt) {
  const GeminiRequest six = encode_gemini_with(R"("stop":["1","2","3","4","5","6"])");
  EXPECT_EQ(six.body["generationConfig"]["stopSequences"], Json({"1", "2", "3", "4", "5"}));
  EXPECT_EQ(six.dropped, std::vector<std::string>{"stop"});
  const GeminiRequest five = encode_gemini_with(R"("stop":["1","2","3","4","5"])");
  EXPECT_EQ(five.body["generationConfig"]["stopSequences"].size(), 5U);
  EXPECT_TRUE(five.dropped.empty());
}

TEST(GeminiRequest, NamesMarksOfCachesOnToolsAndCalls) {
  const char* request = R"({"model":"m","messages":[{"role":"user","content":"go"},
    {"role":"assistant","tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"},
      "cache_control":{"type":"ephemeral"}}]},{"role":"tool","tool_call_id":"a","content":"1"}],
    "tools":[{"type":"function","function":{"name":"f"},"cache_control":{"type":"ephemeral"}}]})";
  EXPECT_EQ(encode_gemini(request, {.model = "gemini-3.8-flash"}).dropped,
            (std::vector<std::string>{"tools[].cache_control", "messages[].tool_calls[].cache_control"}));
}

}  // namespace
}  // namespace onellm::dialects::gemini
