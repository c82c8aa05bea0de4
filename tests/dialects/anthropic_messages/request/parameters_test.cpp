#include <gtest/gtest.h>

#include "dialects/anthropic_messages/encoding_support.h"

namespace onellm::dialects::anthropic_messages {
namespace {

TEST(AnthropicParameters, LimitTheAnswer) {
  EXPECT_EQ(member_of(encode(kBudgetModel, R"("max_tokens":50)"), "max_tokens"), 50);
  EXPECT_EQ(member_of(encode(kBudgetModel, R"("max_tokens":50,"max_completion_tokens":77)"), "max_tokens"), 77);
  EXPECT_EQ(member_of(encode(kBudgetModel, R"("max_tokens":9000000000000000000)"), "max_tokens"), 64000);
  EXPECT_EQ(member_of(encode(kBudgetModel, R"("stream":false)"), "max_tokens"), 64000);
  EXPECT_EQ(member_of(encode("claude-3-opus-20240229", R"("stream":false)"), "max_tokens"), 4096);
  EXPECT_EQ(member_of(encode("claude-unheard-of", R"("stream":false)"), "max_tokens"), 128000);
}

TEST(AnthropicParameters, KeepTheDigitsOfNumbers) {
  const DecodedBody decoded = decode_good(body_with(R"("temperature":0.70,"top_k":40)"));
  Result<EncodedRequest> result = encode_request(*decoded.request, {.model = kBudgetModel});
  ASSERT_TRUE(result);
  EXPECT_NE(result->body.flat().find(R"("temperature":0.70,)"), std::string::npos) << result->body.flat();
}

struct SamplingCase {
  const char* why;
  const char* model;
  const char* members;
  const char* sent;
  Names dropped;
};

TEST(AnthropicParameters, SampleAsTheModelAllows) {
  const SamplingCase cases[] = {
      {"both where both may be",
       kOldModel,
       R"("temperature":0.5,"top_p":0.9)",
       R"({"temperature":0.5,"top_p":0.9})",
       {}},
      {"past 1", kOldModel, R"("temperature":1.5)", R"({"temperature":1})", {"temperature"}},
      {"one of two", kBudgetModel, R"("temperature":0,"top_p":0.9)", R"({"temperature":0})", {"top_p"}},
      {"top_p alone", kBudgetModel, R"("top_p":0.9)", R"({"top_p":0.9})", {}},
      {"top_k", kBudgetModel, R"("top_k":5)", R"({"top_k":5})", {}},
      {"refused",
       kAdaptiveModel,
       R"("temperature":0.5,"top_p":0.9,"top_k":5)",
       "{}",
       {"temperature", "top_p", "top_k"}},
      {"refused, but the default", kAdaptiveModel, R"("temperature":1.0,"top_p":1)", "{}", {}},
      {"while thinking",
       kBudgetModel,
       R"("temperature":0.5,"top_k":5,"reasoning_effort":"low")",
       "{}",
       {"temperature", "top_k"}},
  };
  for (const SamplingCase& c : cases) {
    const Encoded encoded = encode(c.model, c.members);
    Json sent = Json::object();
    for (const char* key : {"temperature", "top_p", "top_k"}) {
      if (encoded.body.contains(key)) sent[key] = encoded.body[key];
    }
    EXPECT_EQ(sent, parse(c.sent)) << c.why;
    EXPECT_EQ(encoded.dropped, c.dropped) << c.why;
  }
}

TEST(AnthropicParameters, StopAtWhatIsNotBlank) {
  EXPECT_EQ(member_of(encode(kBudgetModel, R"("stop":"END")"), "stop_sequences"), parse(R"(["END"])"));
  EXPECT_EQ(member_of(encode(kBudgetModel, R"("stop":["a","\u0062\n"])"), "stop_sequences"), parse(R"(["a","b\n"])"));
  const Encoded partly = encode(kBudgetModel, R"("stop":["\n\n","a"," \t",""])");
  EXPECT_EQ(member_of(partly, "stop_sequences"), parse(R"(["a"])"));
  EXPECT_EQ(partly.dropped, Names{"stop"});
  EXPECT_FALSE(encode(kBudgetModel, R"("stop":" ")").body.contains("stop_sequences"));
}

TEST(AnthropicParameters, NameTheUser) {
  EXPECT_EQ(member_of(encode(kBudgetModel, R"("user":"u")"), "metadata"), Json({{"user_id", "u"}}));
  const Encoded both = encode(kBudgetModel, R"("user":"u","safety_identifier":"s")");
  EXPECT_EQ(member_of(both, "metadata"), Json({{"user_id", "s"}}));
  EXPECT_EQ(both.dropped, Names{"user"});
}

TEST(AnthropicParameters, ChooseTheServiceTier) {
  EXPECT_EQ(member_of(encode(kBudgetModel, R"("service_tier":"auto")"), "service_tier"), "auto");
  EXPECT_EQ(member_of(encode(kBudgetModel, R"("service_tier":"default")"), "service_tier"), "standard_only");
  const Encoded flex = encode(kBudgetModel, R"("service_tier":"flex")");
  EXPECT_FALSE(flex.body.contains("service_tier"));
  EXPECT_EQ(flex.dropped, Names{"service_tier"});
}

TEST(AnthropicParameters, StreamWhereTheClientDoes) {
  EXPECT_EQ(member_of(encode(kBudgetModel, R"("stream":true,"stream_options":{"include_usage":true})"), "stream"),
            true);
  EXPECT_FALSE(encode(kBudgetModel, R"("stream":false)").body.contains("stream"));
}

TEST(AnthropicParameters, AreNamedWhereTheyAreDropped) {
  const Encoded encoded = encode(
      kBudgetModel,
      R"("seed":7,"logit_bias":{"5":1},"presence_penalty":1,"frequency_penalty":0.5,"logprobs":true,"top_logprobs":2,
         "prediction":{"type":"content","content":"x"},"verbosity":"low","store":true,"metadata":{"a":"b"},
         "prompt_cache_key":"k","prompt_cache_retention":"24h","prompt_cache_options":{},"moderation":{},"invented":1)");
  EXPECT_EQ(encoded.dropped, (Names{"seed", "logit_bias", "presence_penalty", "frequency_penalty", "logprobs",
                                    "top_logprobs", "prediction", "verbosity", "store", "metadata", "prompt_cache_key",
                                    "prompt_cache_retention", "prompt_cache_options", "moderation", "invented"}));
  EXPECT_EQ(encoded.body.size(), 3u) << encoded.body;  // model, max_tokens, messages
}

TEST(AnthropicParameters, ThatAskForNothingAreNotMissed) {
  const char* nothing = R"("presence_penalty":0,"frequency_penalty":0.0,"logprobs":false,"top_logprobs":0,"store":false,
                           "logit_bias":{},"n":1,"modalities":["text"],"response_format":{"type":"text"})";
  const Encoded encoded = encode(kBudgetModel, nothing, true);
  EXPECT_TRUE(encoded.good) << encoded.error.message;
  EXPECT_TRUE(encoded.dropped.empty());
}

TEST(AnthropicParameters, AreRefusedInAStrictRequestRatherThanDropped) {
  const Encoded encoded = encode(kBudgetModel, R"("seed":7)", true);
  EXPECT_EQ(encoded.error.kind, ErrorKind::kUnsupportedParameter);
  EXPECT_EQ(encoded.error.param, "seed");
}

TEST(AnthropicParameters, OfAnthropicsOwnPass) {
  const std::string own = R"("container":"c","context_management":{"edits":[]},"fallbacks":[],"inference_geo":"eu",
      "mcp_servers":[],"speed":"fast","cache_control":{"type":"ephemeral"},"output_config":{"effort":"low"})";
  const Encoded encoded = encode(kAdaptiveModel, own);
  const Json asked = parse("{" + own + "}");
  for (const auto& [key, value] : asked.items()) EXPECT_EQ(encoded.body[key], value) << key;
  EXPECT_TRUE(encoded.dropped.empty());

  const Encoded ours = encode(kAdaptiveModel, R"("output_config":{"effort":"low"},"reasoning_effort":"high")");
  EXPECT_EQ(ours.body["output_config"], Json({{"effort", "high"}}));
  EXPECT_EQ(ours.dropped, Names{"output_config"});
}

// https://docs.claude.com/en/api/versioning
TEST(AnthropicParameters, OfSamplingAreRefusedByTheNewestVersionOfTheApi) {
  const std::string body = body_with(R"("temperature":0.2,"top_p":1,"top_k":20)");
  const Encoded newest = encode_whole(body, {.model = kOldModel, .host = {.api_version = "2026-10-21"}});
  for (const char* key : {"temperature", "top_p", "top_k"}) EXPECT_FALSE(newest.body.contains(key)) << key;
  EXPECT_EQ(newest.dropped, (Names{"temperature", "top_k"}));
  const Encoded older = encode_whole(body, {.model = kOldModel, .host = {.api_version = "2023-06-01"}});
  EXPECT_EQ(older.body["temperature"], 0.2);
  EXPECT_EQ(older.body["top_k"], 20);
}

TEST(AnthropicParameters, LowerALimitBeyondTheModelsOwn) {
  const Encoded lowered = encode(kOldModel, R"("max_tokens":9000)");
  EXPECT_EQ(lowered.body["max_tokens"], 8192);
  EXPECT_EQ(lowered.dropped, Names{"max_tokens"});
  EXPECT_TRUE(encode(kOldModel, R"("max_completion_tokens":8192)").dropped.empty());
}

TEST(AnthropicParameters, OfOutputConfigGoWhereTheModelTakesThem) {
  const char* own =
      R"("output_config":{"effort":"high","format":{"type":"json_schema","schema":{}},"task_budget":{"x":1}})";
  EXPECT_EQ(encode(kAdaptiveModel, own).body["output_config"],
            parse(R"({"effort":"high","format":{"type":"json_schema","schema":{}},"task_budget":{"x":1}})"));
  const Encoded old = encode(kOldModel, own);
  EXPECT_EQ(old.body["output_config"], parse(R"({"task_budget":{"x":1}})"));
  EXPECT_EQ(old.dropped, (Names{"output_config.effort", "output_config.format"}));
  EXPECT_EQ(encode(kBudgetModel, R"("output_config":{"effort":"high"})").body["thinking"]["budget_tokens"], 16384)
      << "the nearest form of it";
}

TEST(AnthropicParameters, ThatChangeTheMeaningAreRefused) {
  struct Case {
    const char* members;
    const char* param;
  };
  for (const Case& c : {Case{R"("n":2)", "n"},
                        {R"("modalities":["text","audio"])", "modalities"},
                        {R"("audio":{"voice":"alloy","format":"wav"})", "audio"}}) {
    const Encoded encoded = encode(kNewestModel, c.members);
    EXPECT_FALSE(encoded.good) << c.members;
    EXPECT_EQ(encoded.error.kind, ErrorKind::kUnsupportedParameter) << c.members;
    EXPECT_EQ(encoded.error.param, c.param);
  }
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
