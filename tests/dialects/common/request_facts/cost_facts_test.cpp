#include <gtest/gtest.h>

#include "base/limits.h"
#include "dialects/request_facts.h"

namespace onellm::dialects {
namespace {

using prices::set_of;
using prices::Unit;

constexpr std::string_view kLimits[] = {"max_tokens", "max_completion_tokens", "maxOutputTokens"};

CostFacts facts(std::string_view body) { return read_cost_facts(json::Buffer(body), kLimits); }

TEST(CostFacts, OfSeveralLimitsTheLargestCounts) {
  EXPECT_EQ(facts(R"({"max_tokens":10,"max_completion_tokens":50})").output_tokens, 50);
  EXPECT_EQ(facts(R"({"max_tokens":100,"max_tokens":10})").output_tokens, 100);
  EXPECT_EQ(facts(R"({"max_tokens":10,"max_t\u006fkens":100})").output_tokens, 100);
  EXPECT_EQ(facts(R"({"generationConfig":{"maxOutputTokens":7}})").output_tokens, 7);
  EXPECT_FALSE(facts(R"({"max_tokens":null})").output_tokens.has_value());
}

TEST(CostFacts, ALimitThatTheProviderMayIgnoreIsNone) {
  EXPECT_FALSE(facts(R"({"max_new_tokens":5})").output_tokens.has_value());
  EXPECT_EQ(facts(R"({"max_new_tokens":"5"})").wrong_limit, "max_new_tokens") << "but it is checked";
}

TEST(CostFacts, ALimitThatIsNoCountIsWrong) {
  for (const char* wrong : {"-1", "1e30", "\"100\"", "1.5", "10000001", "true", "[1]", "{}"}) {
    const std::string body = std::string(R"({"max_tokens":)") + wrong + "}";
    EXPECT_EQ(facts(body).wrong_limit, "max_tokens") << wrong;
  }
  EXPECT_EQ(facts(R"({"max_tokens":0})").zero_limit, "max_tokens");
  EXPECT_EQ(facts(R"({"max_tokens":10000000})").wrong_limit, "");
}

TEST(CostFacts, ALimitOfAnotherNameIsNoted) {
  for (const char* body : {R"({"max_tokens":1,"max_new_tokens":900})", R"({"max_tokens":1,"n_predict":900})",
                           R"({"max_tokens":1,"options":{"num_predict":900}})",
                           R"({"max_tokens":1,"extra_body":{"max_output_tokens":900}})"}) {
    const CostFacts found = facts(body);
    EXPECT_EQ(found.output_tokens, 1) << body;
    EXPECT_FALSE(found.other_limit.empty()) << body;
    EXPECT_EQ(found.other_tokens, 900) << body;
  }
  EXPECT_EQ(facts(R"({"extra_body":{"max_tokens":900}})").output_tokens, 900);
  EXPECT_EQ(facts(R"({"n_predict":"x"})").wrong_limit, "n_predict");
}

TEST(CostFacts, WhatALenientReaderMayTakeForACountIsWrong) {
  for (const char* wrong : {"\"11\"", "1e1", "11.0", "-1", "true"}) {
    EXPECT_EQ(facts(std::string(R"({"n":)") + wrong + "}").wrong_limit, "n") << wrong;
    const std::string tool = std::string(R"({"tools":[{"type":"web_search_20250305","max_uses":)") + wrong + "}]}";
    EXPECT_EQ(facts(tool).wrong_limit, "max_uses") << wrong;
  }
}

TEST(CostFacts, OfATwofoldMemberOfAToolTheDearerOneCounts) {
  EXPECT_EQ(facts(R"({"tools":[{"type":"web_search","max_uses":1000,"max_uses":1}]})").tools.at(0).uses_max, 1000);
  EXPECT_EQ(facts(R"({"tools":[{"type":"web_search","type":"custom"}]})").tools.size(), 1U);
  EXPECT_EQ(facts(R"({"tools":[{"type":"web_search","max_uses":null}]})").tools.at(0).uses_max, kKeyToolUsesDefault);
  EXPECT_EQ(facts(R"({"tools":[{"type":"web_search","max_uses":0}]})").tools.at(0).uses_max, 0);
}

TEST(CostFacts, ASearchThatIsAskedForAtTheTopHasNoPrice) {
  for (const char* member : {R"("search_parameters":{"mode":"on"})", R"("plugins":[{"id":"web"}])",
                             R"("enable_search":true)", R"("compound_custom":{})"}) {
    const CostFacts found = facts(std::string("{") + member + "}");
    ASSERT_EQ(found.tools.size(), 1U) << member;
    EXPECT_FALSE(found.tools[0].has_price) << member;
  }
  EXPECT_TRUE(facts(R"({"enable_search":false,"plugins":null})").tools.empty());
}

TEST(CostFacts, AnswersAreCounted) {
  EXPECT_EQ(facts(R"({"n":3})").answers, 3);
  EXPECT_EQ(facts(R"({"n":3,"best_of":5})").answers, 5);
  EXPECT_EQ(facts(R"({"generationConfig":{"candidateCount":4}})").answers, 4);
  EXPECT_EQ(facts("{}").answers, 1);
}

TEST(CostFacts, AnotherTierSpeedOrPlaceHasOtherPrices) {
  for (const char* other :
       {R"("service_tier":"priority")", R"("service_tier":"flex")", R"("speed":"fast")", R"("inference_geo":"us")"}) {
    EXPECT_TRUE(facts(std::string("{") + other + "}").has_other_prices) << other;
  }
  for (const char* usual : {R"("service_tier":"auto")", R"("service_tier":"default")",
                            R"("service_tier":"standard_only")", R"("speed":"standard")", R"("service_tier":null)"}) {
    EXPECT_FALSE(facts(std::string("{") + usual + "}").has_other_prices) << usual;
  }
}

TEST(CostFacts, MarksOfCachingAreFoundAtAnyDepth) {
  EXPECT_EQ(facts(R"({"messages":[{"content":[{"text":"x","cache_control":{"type":"ephemeral"}}]}]})").may_meet,
            set_of(Unit::kCacheWrite));
  EXPECT_EQ(facts(R"({"tools":[{"name":"f","cache_control":{"type":"ephemeral","ttl":"1h"}}]})").may_meet,
            set_of(Unit::kCacheWrite, Unit::kCacheWrite1h));
  EXPECT_EQ(facts(R"({"messages":[{"content":"cache_control"}]})").may_meet, 0U);
}

TEST(CostFacts, SoundIsFound) {
  EXPECT_EQ(facts(R"({"messages":[{"content":[{"type":"input_audio","input_audio":{"data":""}}]}]})").may_meet,
            set_of(Unit::kInputAudio));
  EXPECT_EQ(facts(R"({"contents":[{"parts":[{"inlineData":{"mimeType":"audio/wav"}}]}]})").may_meet,
            set_of(Unit::kInputAudio));
  EXPECT_EQ(facts(R"({"modalities":["text","audio"],"audio":{"voice":"x"}})").may_meet, set_of(Unit::kOutputAudio));
}

TEST(CostFacts, ServerToolsAreCountedAtTheirMostUses) {
  const CostFacts found = facts(
      R"({"tools":[{"type":"web_search_20250305","max_uses":2},{"type":"web_search_preview"},{"googleSearch":{}},)"
      R"({"type":"function","function":{"name":"f"}},{"name":"g","input_schema":{}},{"type":"web_fetch_20250910"},)"
      R"({"type":"bash_20250124","name":"bash"},{"functionDeclarations":[{"name":"googleSearch"}]}]})");
  ASSERT_EQ(found.tools.size(), 3U);
  EXPECT_EQ(found.tools[0].uses_max, 2);
  EXPECT_EQ(found.tools[1].uses_max, kKeyToolUsesDefault);
  for (const prices::ServerTool& tool : found.tools) EXPECT_TRUE(tool.has_price);
  EXPECT_EQ(facts(R"({"web_search_options":{}})").tools.size(), 1U);
}

TEST(CostFacts, AToolThatIsChargedForOtherwiseHasNoPrice) {
  for (const char* tool : {R"({"type":"code_interpreter"})", R"({"type":"file_search"})", R"({"googleMaps":{}})",
                           R"({"type":"code_execution_20250825"})", R"({"type":"something_new"})"}) {
    const CostFacts found = facts(std::string(R"({"tools":[)") + tool + "]}");
    ASSERT_EQ(found.tools.size(), 1U) << tool;
    EXPECT_FALSE(found.tools[0].has_price) << tool;
  }
}

}  // namespace
}  // namespace onellm::dialects
