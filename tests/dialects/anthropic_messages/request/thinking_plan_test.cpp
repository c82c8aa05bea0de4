#include <gtest/gtest.h>

#include "dialects/anthropic_messages/encoding_support.h"

namespace onellm::dialects::anthropic_messages {
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

struct WishCase {
  const char* model;
  const char* asked;
  const char* thinking;
  const char* effort;
  Names dropped;
};

void expect_wish(const WishCase& c) {
  const Encoded encoded = encode(c.model, R"("max_tokens":20000,)" + std::string(c.asked));
  EXPECT_EQ(member_of(encoded, "thinking"), parse(c.thinking)) << c.model << ' ' << c.asked;
  const Json config = encoded.body.value("output_config", Json::object());
  EXPECT_EQ(config.value("effort", ""), c.effort) << c.model << ' ' << c.asked;
  EXPECT_EQ(encoded.dropped, c.dropped) << c.model << ' ' << c.asked;
}

TEST(AnthropicThinking, GoesInTheFormThatTheModelTakes) {
  const char* summarized = R"({"type":"adaptive","display":"summarized"})";
  const char* budget = R"("thinking":{"type":"enabled","budget_tokens":8000})";
  const char* disabled = R"("thinking":{"type":"disabled"})";
  const char* adaptive = R"("thinking":{"type":"adaptive"})";
  const char* between = R"("thinking":{"type":"between_tools"})";
  const WishCase cases[] = {
      {"claude-opus-4-8", budget, summarized, "medium", {}},
      {"claude-haiku-5-5", budget, summarized, "medium", {}},
      {"claude-opus-5-5", budget, summarized, "medium", {}},
      {"claude-sonnet-4-5", budget, R"({"type":"enabled","budget_tokens":8000})", "", {}},
      {"claude-sonnet-4-5",
       R"("thinking":{"type":"enabled","budget_tokens":20000})",
       R"({"type":"enabled","budget_tokens":19999})",
       "",
       {}},
      {"claude-3-5-haiku-latest", budget, "null", "", {"max_tokens", "thinking"}},
      {"claude-sonnet-5", disabled, R"({"type":"disabled"})", "", {}},
      {"claude-haiku-5-5", disabled, R"({"type":"disabled"})", "", {}},
      {"claude-sonnet-5-5", disabled, R"({"type":"between_tools"})", "", {}},
      {"claude-opus-5-5", disabled, "null", "low", {"thinking"}},
      {"claude-fable-5-2", disabled, "null", "low", {"thinking"}},
      {"claude-sonnet-4-5", disabled, "null", "", {}},
      {"claude-opus-4-8", adaptive, R"({"type":"adaptive"})", "", {}},
      {"claude-sonnet-4-5", adaptive, R"({"type":"enabled","budget_tokens":8192})", "", {}},
      {"claude-sonnet-5-5", between, R"({"type":"between_tools"})", "", {}},
      {"claude-opus-5-5", between, "null", "", {"thinking"}},
      {"claude-opus-5-5", R"("thinking":{"type":"newest","x":1})", R"({"type":"newest","x":1})", "", {}},
  };
  for (const WishCase& c : cases) expect_wish(c);
}

// https://docs.claude.com/en/docs/build-with-claude/effort
TEST(AnthropicThinking, IsSwitchedOffOnlyUpToTheEffortThatTheModelAllows) {
  const char* most = R"("thinking":{"type":"disabled"},"output_config":{"effort":"max"})";
  const WishCase cases[] = {
      {"claude-opus-5", most, R"({"type":"disabled"})", "high", {"output_config.effort"}},
      {"claude-haiku-5-5", most, R"({"type":"disabled"})", "high", {"output_config.effort"}},
      {"claude-sonnet-5-5", most, R"({"type":"between_tools"})", "high", {"output_config.effort"}},
      {"claude-sonnet-5", most, R"({"type":"disabled"})", "max", {}},
      {"claude-opus-5",
       R"("thinking":{"type":"disabled"},"output_config":{"effort":"high"})",
       R"({"type":"disabled"})",
       "high",
       {}},
      {"claude-opus-5",
       R"("thinking":{"type":"disabled"},"reasoning_effort":"max")",
       R"({"type":"disabled"})",
       "",
       {"reasoning_effort"}},
  };
  for (const WishCase& c : cases) expect_wish(c);
}

// https://openrouter.ai/docs/use-cases/reasoning-tokens
TEST(AnthropicThinking, TakesTheWordsOfOpenRouter) {
  const char* summarized = R"({"type":"adaptive","display":"summarized"})";
  const WishCase cases[] = {
      {"claude-opus-4-8", R"("reasoning":{"effort":"high"})", summarized, "high", {}},
      {"claude-opus-4-8", R"("reasoning":{"max_tokens":2000})", summarized, "low", {}},
      {"claude-opus-4-8", R"("reasoning":{"enabled":true})", summarized, "", {}},
      {"claude-opus-4-8",
       R"("reasoning":{"effort":"high","exclude":true})",
       R"({"type":"adaptive","display":"omitted"})",
       "high",
       {}},
      {"claude-opus-5", R"("reasoning":{"enabled":false})", R"({"type":"disabled"})", "", {}},
      {"claude-opus-5", R"("reasoning":{"effort":"none"})", R"({"type":"disabled"})", "", {}},
      {"claude-sonnet-4-5", R"("reasoning":{"max_tokens":2000})", R"({"type":"enabled","budget_tokens":2000})", "", {}},
      {"claude-opus-5-5", R"("reasoning":{"enabled":false})", "null", "low", {"reasoning.enabled"}},
  };
  for (const WishCase& c : cases) expect_wish(c);
}

TEST(AnthropicThinking, IsLeftOutWhereTheLimitHasNoRoomForIt) {
  const Encoded encoded =
      encode(kBudgetModel, R"("max_tokens":1000,"thinking":{"type":"enabled","budget_tokens":2000})");
  EXPECT_FALSE(encoded.body.contains("thinking"));
  EXPECT_EQ(encoded.body["max_tokens"], 1000);
  EXPECT_EQ(encoded.dropped, Names{"thinking"});
}

// From opus-5-5 on, what is said between calls comes as thinking.
TEST(AnthropicThinking, IsShownWhereTextBetweenCallsComesSo) {
  const char* tools = R"("tools":[{"type":"function","function":{"name":"f"}}])";
  EXPECT_EQ(member_of(encode("claude-opus-5-5", tools), "thinking"), kAdaptive);
  EXPECT_EQ(member_of(encode("claude-sonnet-5-5", tools), "thinking"), kAdaptive);
  EXPECT_FALSE(encode("claude-opus-5", tools).body.contains("thinking"));
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
}  // namespace onellm::dialects::anthropic_messages
