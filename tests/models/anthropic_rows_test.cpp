// What the table says of Claude.
#include <gtest/gtest.h>

#include "models/contract.h"

namespace onellm::models {
namespace {

const Contract& rules_of(std::string_view model) { return contract_of(Maker::kAnthropic, model); }

TEST(AnthropicRows, FindAModelWithAndWithoutItsDate) {
  const Contract& sonnet = rules_of("claude-sonnet-4-5");
  EXPECT_EQ(sonnet.thinking, ThinkingForm::kBudget);
  for (const char* model : {"claude-sonnet-4-5-20250929", "claude-sonnet-4-5@20250929", "claude-sonnet-4-5-latest",
                            "anthropic.claude-sonnet-4-5-20250929-v1:0", "anthropic/claude-sonnet-4.5"}) {
    EXPECT_EQ(&rules_of(model), &sonnet) << model;
  }
}

TEST(AnthropicRows, TellVersionsApart) {
  EXPECT_EQ(rules_of("claude-opus-4-20250514").output_tokens_max, 32'000);
  EXPECT_EQ(rules_of("claude-opus-4-1-20250805").output_tokens_max, 32'000);
  EXPECT_EQ(rules_of("claude-sonnet-5").thinking_off, ThinkingOff::kDisabled);
  EXPECT_EQ(rules_of("claude-sonnet-5-20260630").thinking_off, ThinkingOff::kDisabled);
  EXPECT_EQ(rules_of("claude-sonnet-5-5").thinking_off, ThinkingOff::kBetweenTools);
  EXPECT_EQ(rules_of("claude-3-haiku-20240307").output_tokens_max, 4'096);
  EXPECT_EQ(rules_of("claude-3-5-haiku-latest").output_tokens_max, 8'192);
  EXPECT_EQ(rules_of("claude-3-7-sonnet-latest").thinking, ThinkingForm::kBudget);
  EXPECT_EQ(rules_of("claude-2.1").thinking, ThinkingForm::kNone);
  EXPECT_EQ(rules_of("claude-instant-1.2").thinking, ThinkingForm::kNone);
}

TEST(AnthropicRows, GiveTheNewestRulesToWhatIsUnknown) {
  for (const char* model : {"claude-opus-5-5", "claude-fable-5-1", "claude-opus-5-7", "claude-opus-4-55",
                            "claude-sonnet-6", "claude-nova-1", "claude-", "some-model", ""}) {
    const Contract& rules = rules_of(model);
    EXPECT_EQ(rules.thinking_off, ThinkingOff::kNever) << model;
    EXPECT_EQ(rules.sampling, Sampling::kRefused) << model;
    EXPECT_EQ(rules.forced_tools, ForcedTools::kRefused) << model;
    EXPECT_FALSE(rules.takes_prefill) << model;
  }
}

TEST(AnthropicRows, TellModelsApartFromTheirNames) {
  EXPECT_TRUE(is_same_model("claude-sonnet-4-5", "claude-sonnet-4-5-20250929"));
  EXPECT_TRUE(is_same_model("claude-sonnet-4-5@20250929", "claude-sonnet-4-5-20250929"));
  EXPECT_TRUE(is_same_model("claude-3-5-sonnet-latest", "claude-3-5-sonnet-20241022"));
  EXPECT_FALSE(is_same_model("claude-opus-5", "claude-opus-5-5"));
  EXPECT_FALSE(is_same_model("claude-opus-4-5", "claude-sonnet-4-5"));
}

}  // namespace
}  // namespace onellm::models
