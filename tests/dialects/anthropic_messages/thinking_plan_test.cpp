#include <gtest/gtest.h>

#include "encoding_support.h"

namespace onellm::dialects::anthropic {
namespace {

const Json kAdaptive = parse(R"({"type":"adaptive","display":"summarized"})");

TEST(AnthropicThinking, IsNotMentionedWithoutAnEffort) {
  for (const char* model : {kOldModel, kBudgetModel, kAdaptiveModel, kNewestModel}) {
    const Encoded encoded = encode(model, R"("stream":false)");
    EXPECT_FALSE(encoded.body.contains("thinking")) << model;
    EXPECT_FALSE(encoded.body.contains("output_config")) << model;
  }
}

TEST(AnthropicThinking, TurnsEffortsIntoBudgetsOnTopOfTheAnswer) {
  struct Case {
    const char* effort;
    int budget;
  };
  for (const Case& c :
       {Case{"minimal", 1024}, {"low", 2048}, {"medium", 8192}, {"high", 16384}, {"xhigh", 32768}, {"max", 49152}}) {
    const Encoded encoded =
        encode(kBudgetModel, R"("max_tokens":1000,"reasoning_effort":")" + std::string(c.effort) + "\"");
    EXPECT_EQ(member_of(encoded, "thinking"), Json({{"type", "enabled"}, {"budget_tokens", c.budget}})) << c.effort;
    EXPECT_EQ(member_of(encoded, "max_tokens"), 1000 + c.budget) << c.effort;
  }
}

TEST(AnthropicThinking, KeepsBudgetAndAnswerWithinTheModelsLimit) {
  const Encoded encoded = encode("claude-opus-4-1", R"("max_tokens":31000,"reasoning_effort":"max")");
  EXPECT_EQ(member_of(encoded, "max_tokens"), 32000);
  EXPECT_EQ(encoded.body["thinking"]["budget_tokens"], 31999);
}

TEST(AnthropicThinking, SendsEffortsToModelsThatAdapt) {
  struct Case {
    const char* model;
    const char* asked;
    const char* sent;
  };
  for (const Case& c : {Case{kAdaptiveModel, "minimal", "low"},
                        {kAdaptiveModel, "medium", "medium"},
                        {kAdaptiveModel, "xhigh", "xhigh"},
                        {"claude-opus-4-6", "xhigh", "max"},
                        {kNewestModel, "max", "max"},
                        {kNewestModel, "utmost", "utmost"}}) {
    const Encoded encoded = encode(c.model, R"("max_tokens":9,"reasoning_effort":")" + std::string(c.asked) + "\"");
    EXPECT_EQ(member_of(encoded, "thinking"), kAdaptive) << c.asked;
    EXPECT_EQ(encoded.body["output_config"], Json({{"effort", c.sent}})) << c.asked;
    EXPECT_EQ(member_of(encoded, "max_tokens"), 9) << c.asked;
  }
}

TEST(AnthropicThinking, IsTurnedOffByEffortNone) {
  const char* none = R"("reasoning_effort":"none")";
  EXPECT_FALSE(encode(kBudgetModel, none).body.contains("thinking"));
  EXPECT_EQ(member_of(encode("claude-opus-5", none), "thinking"), Json({{"type", "disabled"}}));
  EXPECT_EQ(member_of(encode("claude-sonnet-5-5", none), "thinking"), Json({{"type", "between_tools"}}));

  const Encoded always = encode(kNewestModel, none);
  EXPECT_FALSE(always.body.contains("thinking"));
  EXPECT_EQ(always.body["output_config"], Json({{"effort", "low"}}));
  EXPECT_TRUE(encode(kOldModel, none).dropped.empty());
}

TEST(AnthropicThinking, DropsEffortsThatTheModelCannotMake) {
  EXPECT_EQ(encode(kOldModel, R"("reasoning_effort":"high")").dropped, Names{"reasoning_effort"});
  EXPECT_EQ(encode(kBudgetModel, R"("reasoning_effort":"utmost")").dropped, Names{"reasoning_effort"});
}

TEST(AnthropicThinking, LeavesTheClientsOwnAsItIs) {
  const Encoded encoded = encode(
      kBudgetModel, R"("max_tokens":4000,"thinking":{"type":"enabled","budget_tokens":2e3},"reasoning_effort":"low")");
  EXPECT_EQ(member_of(encoded, "thinking"), parse(R"({"type":"enabled","budget_tokens":2e3})"));
  EXPECT_EQ(member_of(encoded, "max_tokens"), 4000);
  EXPECT_EQ(encoded.dropped, Names{"reasoning_effort"});
}

TEST(AnthropicThinking, IsLeftOutWhereAToolLoopBeganWithoutIt) {
  const char* loop = R"({"role":"user","content":"go"},
      {"role":"assistant","content":"Well","tool_calls":[{"id":"a","type":"function","function":{"name":"f"}}]},
      {"role":"tool","tool_call_id":"a","content":"1"})";
  const char* effort = R"("max_tokens":100,"reasoning_effort":"low","temperature":0.5)";
  const Encoded budget = encode_messages(kBudgetModel, loop, effort);
  EXPECT_FALSE(budget.body.contains("thinking"));
  EXPECT_EQ(member_of(budget, "max_tokens"), 100);
  EXPECT_EQ(member_of(budget, "temperature"), 0.5);
  EXPECT_EQ(budget.dropped, Names{"reasoning_effort"});

  EXPECT_EQ(member_of(encode_messages(kAdaptiveModel, loop, effort), "thinking"), kAdaptive);

  const std::string own = R"("thinking":{"type":"enabled","budget_tokens":2000})";
  const Encoded given = encode_messages(kBudgetModel, loop, own);
  EXPECT_FALSE(given.body.contains("thinking"));
  EXPECT_EQ(given.dropped, Names{"thinking"});
}

}  // namespace
}  // namespace onellm::dialects::anthropic
