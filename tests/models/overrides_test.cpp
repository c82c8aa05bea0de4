#include "models/overrides.h"

#include <gtest/gtest.h>

namespace onellm::models {
namespace {

using Names = std::vector<std::string>;

struct Rules {
  std::shared_ptr<const Overrides> overrides;
  Names problems;

  // What remains of the table's row for a model.
  [[nodiscard]] Contract of(std::string_view provider, std::string_view model, Maker maker = Maker::kOpenAi) const {
    Contract contract = contract_of(maker, model);
    if (overrides != nullptr) overrides->apply(provider, std::vector<std::string_view>{model}, contract);
    return contract;
  }
};

Rules read(std::string_view json) {
  Rules rules;
  rules.overrides = read_overrides(json, rules.problems);
  return rules;
}

TEST(ModelRules, ChangeEveryMemberOfTheExample) {
  const Rules rules = read(
      R"({"gpt-5.6*": {"drop":["temperature"], "effort":["low","high"], "output_tokens_max":128001,
          "context_tokens":400001, "thinking":"adaptive", "forced_tools":false, "responses_only":true}})");
  EXPECT_TRUE(rules.problems.empty());
  const Contract contract = rules.of("openai", "gpt-5.6-sol");
  ASSERT_NE(contract.dropped, nullptr);
  EXPECT_EQ(*contract.dropped, Names{"temperature"});
  EXPECT_EQ(contract.efforts, EffortSet(Effort::kLow, Effort::kLow).with(Effort::kHigh));
  EXPECT_EQ(contract.responses_efforts, contract.efforts);
  EXPECT_EQ(contract.output_tokens_max, 128'001);
  EXPECT_EQ(contract.context_tokens, 400'001);
  EXPECT_EQ(contract.thinking, ThinkingForm::kAdaptive);
  EXPECT_EQ(contract.forced_tools, ForcedTools::kRefused);
  EXPECT_TRUE(contract.responses_only);
  EXPECT_TRUE(contract.is_overridden);
  EXPECT_EQ(rules.of("openai", "gpt-5.5"), contract_of(Maker::kOpenAi, "gpt-5.5"));
}

TEST(ModelRules, PutAWholeNameBeforeTheLongestPrefix) {
  const Rules rules = read(
      R"({"gpt*":{"output_tokens_max":1},"gpt-9-*":{"output_tokens_max":2},"gpt-9-sol":{"output_tokens_max":3},
          "gpt-9-sol-plus*":{"output_tokens_max":4}})");
  EXPECT_EQ(rules.of("openai", "gpt-9").output_tokens_max, 1);
  EXPECT_EQ(rules.of("openai", "gpt-9-luna").output_tokens_max, 2);
  EXPECT_EQ(rules.of("openai", "gpt-9-sol").output_tokens_max, 3);
  EXPECT_EQ(rules.of("openai", "GPT-9-Sol").output_tokens_max, 3);
  EXPECT_EQ(rules.of("openai", "gpt-9-sol-plus-1").output_tokens_max, 4);
  EXPECT_EQ(rules.of("openai", "o9").output_tokens_max, contract_of(Maker::kOpenAi, "o9").output_tokens_max);
}

TEST(ModelRules, PutTheProviderBeforeABareName) {
  const Rules rules = read(
      R"({"gpt-9":{"output_tokens_max":1},"azure/gpt-9":{"output_tokens_max":2},
          "llama*":{"output_tokens_max":3},"groq/*":{"output_tokens_max":4},
          "groq/meta/llama-4":{"output_tokens_max":5}})");
  EXPECT_EQ(rules.of("openai", "gpt-9").output_tokens_max, 1);
  EXPECT_EQ(rules.of("azure", "gpt-9").output_tokens_max, 2);
  EXPECT_EQ(rules.of("local", "llama-4").output_tokens_max, 3);
  EXPECT_EQ(rules.of("groq", "llama-4").output_tokens_max, 4);
  EXPECT_EQ(rules.of("groq", "meta/llama-4").output_tokens_max, 5);
}

TEST(ModelRules, AreTakenMemberByMember) {
  const Rules rules = read(
      R"({"gpt*":{"output_tokens_max":1,"context_tokens":2},"gpt-9":{"output_tokens_max":3},
          "openai/gpt*":{"drop":["seed"]}})");
  const Contract contract = rules.of("openai", "gpt-9");
  EXPECT_EQ(contract.output_tokens_max, 3);
  EXPECT_EQ(contract.context_tokens, 2);
  ASSERT_NE(contract.dropped, nullptr);
  EXPECT_EQ(*contract.dropped, Names{"seed"});
}

TEST(ModelRules, CostOnlyWhatIsMalformedOfThem) {
  const Rules rules = read(
      R"({"a":{"drop":"temperature","output_tokens_max":7},"b":{"drop":["model"],"effort":["huge"],"thinking":"deep",
          "forced_tools":1,"responses_only":"no","output_tokens_max":0,"context_tokens":"many","sampling":false,
          "drop":[1]},"c":7,"":{},"d":{"output_tokens_max":9}})");
  EXPECT_EQ(rules.of("x", "a", Maker::kNone).output_tokens_max, 7);
  EXPECT_EQ(rules.of("x", "d", Maker::kNone).output_tokens_max, 9);
  EXPECT_EQ(rules.of("x", "b", Maker::kNone), Contract());
  EXPECT_EQ(rules.problems.size(), 12U);
  for (const std::string& problem : rules.problems) {
    EXPECT_EQ(problem.find("huge"), problem.npos) << "a value is never told: " << problem;
  }
}

TEST(ModelRules, AreNothingWhereTheyAreNoObject) {
  for (const char* text : {"[]", "7", "{", R"({"a":{}})", "{}"}) EXPECT_EQ(read(text).overrides, nullptr) << text;
  EXPECT_EQ(read("[]").problems.size(), 1U);
}

TEST(ModelRules, MakeAModelThinkInAnotherForm) {
  const auto with = [](std::string_view form, Maker maker, std::string_view model) {
    return read(R"({"*":{"thinking":")" + std::string(form) + R"("}})").of("x", model, maker);
  };
  const Contract budget = with("budget", Maker::kAnthropic, "claude-opus-9");
  EXPECT_EQ(budget.thinking, ThinkingForm::kBudget);
  EXPECT_EQ(budget.thinking_off, ThinkingOff::kLeaveOut);
  const Contract adaptive = with("adaptive", Maker::kAnthropic, "claude-sonnet-4-5");
  EXPECT_EQ(adaptive.thinking, ThinkingForm::kAdaptive);
  EXPECT_EQ(adaptive.thinking_off, ThinkingOff::kDisabled);
  EXPECT_FALSE(adaptive.efforts.empty());
  const Contract none = with("none", Maker::kOpenAi, "gpt-9");
  EXPECT_EQ(none.reasoning, Reasoning::kNever);
  EXPECT_EQ(read(R"({"gpt-9":{"effort":[]}})").of("x", "gpt-9").reasoning, Reasoning::kNever);
  EXPECT_EQ(read(R"({"m":{"effort":["low"]}})").of("x", "m").reasoning, Reasoning::kIfAsked);
}

}  // namespace
}  // namespace onellm::models
