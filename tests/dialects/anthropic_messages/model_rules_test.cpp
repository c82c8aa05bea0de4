#include "dialects/anthropic_messages/model_rules.h"

#include <gtest/gtest.h>

namespace onellm::dialects::anthropic {
namespace {

std::string_view prefix_of(std::string_view model) { return rules_of(model).prefix; }

TEST(AnthropicModelRules, FindsAModelWithAndWithoutItsDate) {
  EXPECT_EQ(prefix_of("claude-sonnet-4-5"), "sonnet-4-5");
  EXPECT_EQ(prefix_of("claude-sonnet-4-5-20250929"), "sonnet-4-5");
  EXPECT_EQ(prefix_of("claude-sonnet-4-5@20250929"), "sonnet-4-5");
  EXPECT_EQ(prefix_of("claude-sonnet-4-5-latest"), "sonnet-4-5");
  EXPECT_EQ(prefix_of("anthropic.claude-sonnet-4-5-20250929-v1:0"), "sonnet-4-5");
}

TEST(AnthropicModelRules, TakesTheLongestPrefix) {
  EXPECT_EQ(prefix_of("claude-opus-4-20250514"), "opus-4");
  EXPECT_EQ(prefix_of("claude-opus-4-1-20250805"), "opus-4-1");
  EXPECT_EQ(prefix_of("claude-sonnet-5"), "sonnet-5");
  EXPECT_EQ(prefix_of("claude-sonnet-5-5"), "sonnet-5-5");
  EXPECT_EQ(prefix_of("claude-3-haiku-20240307"), "3-");
  EXPECT_EQ(prefix_of("claude-3-5-haiku-latest"), "3-5-");
  EXPECT_EQ(prefix_of("claude-2.1"), "2");
  EXPECT_EQ(prefix_of("claude-instant-1.2"), "instant-1");
}

TEST(AnthropicModelRules, GivesTheNewestRulesToWhatIsUnknown) {
  for (const char* model : {"claude-opus-5-5", "claude-fable-5-1", "claude-haiku-5-5", "claude-opus-5-7",
                            "claude-opus-4-55", "claude-sonnet-6", "claude-nova-1", "claude-", "some-model", ""}) {
    const ModelRules& rules = rules_of(model);
    EXPECT_EQ(rules.prefix, "") << model;
    EXPECT_EQ(rules.thinking_off, ThinkingOff::kNever) << model;
    EXPECT_EQ(rules.sampling, Sampling::kRefused) << model;
    EXPECT_EQ(rules.forced_tools, ForcedTools::kRefused) << model;
    EXPECT_FALSE(rules.prefill) << model;
  }
}

TEST(AnthropicModelRules, TellsModelsApartFromTheirNames) {
  EXPECT_TRUE(is_same_model("claude-sonnet-4-5", "claude-sonnet-4-5-20250929"));
  EXPECT_TRUE(is_same_model("claude-sonnet-4-5@20250929", "claude-sonnet-4-5-20250929"));
  EXPECT_TRUE(is_same_model("claude-3-5-sonnet-latest", "claude-3-5-sonnet-20241022"));
  EXPECT_FALSE(is_same_model("claude-opus-5", "claude-opus-5-5"));
  EXPECT_FALSE(is_same_model("claude-opus-4-5", "claude-sonnet-4-5"));
}

}  // namespace
}  // namespace onellm::dialects::anthropic
