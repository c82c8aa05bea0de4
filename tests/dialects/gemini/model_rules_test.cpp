#include "dialects/gemini/model_rules.h"

#include <gtest/gtest.h>

namespace onellm::dialects {
namespace {

TEST(GeminiModelRules, GivesUnknownModelsTheNewestRules) {
  for (const char* model : {"gemini-9-ultra", "gemini-flash-latest", "gemini-pro-latest", "another", ""}) {
    const GeminiRules& rules = gemini_rules_of(model);
    EXPECT_EQ(rules.thinking, GeminiThinking::kLevel) << model;
    EXPECT_TRUE(rules.takes_json_schema && rules.demands_signatures && rules.fetches_urls) << model;
    EXPECT_FALSE(rules.has_minimal_level) << model;
  }
}

TEST(GeminiModelRules, LetsTheLongestPrefixWin) {
  EXPECT_EQ(gemini_rules_of("gemini-2.5-flash").budget_least, 1);
  EXPECT_EQ(gemini_rules_of("gemini-2.5-flash-lite").budget_least, 512);
  EXPECT_EQ(gemini_rules_of("gemini-2.5-flash-image").thinking, GeminiThinking::kNot);
  EXPECT_EQ(gemini_rules_of("gemini-2.5-pro-preview-05-06").budget_most, 32768);
}

TEST(GeminiModelRules, KnowsWhichModelsHaveAMinimalLevel) {
  EXPECT_TRUE(gemini_rules_of("gemini-3-flash-preview").has_minimal_level);
  EXPECT_TRUE(gemini_rules_of("gemini-3.5-flash-lite").has_minimal_level);
  for (const char* model : {"gemini-3.1-pro-preview", "gemini-3.7-flash", "gemini-3.8-flash"}) {
    EXPECT_FALSE(gemini_rules_of(model).has_minimal_level) << model;
  }
}

TEST(GeminiModelRules, LooksBehindAFolder) {
  EXPECT_EQ(gemini_rules_of("models/gemini-2.0-flash").thinking, GeminiThinking::kNot);
}

}  // namespace
}  // namespace onellm::dialects
