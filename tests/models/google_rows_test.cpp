// What the table says of Google's models.
#include <gtest/gtest.h>

#include "models/contract.h"

namespace onellm::models {
namespace {

const Contract& rules_of(std::string_view model) { return contract_of(Maker::kGoogle, model); }

TEST(GoogleRows, GivesUnknownModelsTheNewestRules) {
  for (const char* model : {"gemini-9-ultra", "gemini-flash-latest", "gemini-pro-latest", "another", ""}) {
    const Contract& rules = rules_of(model);
    EXPECT_EQ(rules.thinking, ThinkingForm::kLevel) << model;
    EXPECT_TRUE(rules.takes_schemas && rules.signs_thoughts && rules.fetches_urls) << model;
    EXPECT_FALSE(rules.efforts.has(Effort::kMinimal)) << model;
  }
}

TEST(GoogleRows, LetsTheLongestPrefixWin) {
  EXPECT_EQ(rules_of("gemini-2.5-flash").budget_least, 1);
  EXPECT_EQ(rules_of("gemini-2.5-flash-lite").budget_least, 512);
  EXPECT_EQ(rules_of("gemini-2.5-flash-image").thinking, ThinkingForm::kNone);
  EXPECT_EQ(rules_of("gemini-2.5-pro-preview-05-06").budget_most, 32768);
}

TEST(GoogleRows, KnowsWhichModelsHaveAMinimalLevel) {
  EXPECT_TRUE(rules_of("gemini-3-flash-preview").efforts.has(Effort::kMinimal));
  EXPECT_TRUE(rules_of("gemini-3.5-flash-lite").efforts.has(Effort::kMinimal));
  for (const char* model : {"gemini-3.1-pro-preview", "gemini-3.7-flash", "gemini-3.8-flash"}) {
    EXPECT_FALSE(rules_of(model).efforts.has(Effort::kMinimal)) << model;
  }
}

TEST(GoogleRows, LooksBehindAFolder) { EXPECT_EQ(rules_of("models/gemini-2.0-flash").thinking, ThinkingForm::kNone); }

}  // namespace
}  // namespace onellm::models
