// What the table says of Moonshot's models, where Moonshot serves them.
#include <gtest/gtest.h>

#include "models/contract.h"

namespace onellm::models {
namespace {

const Contract& rules_of(std::string_view model) { return contract_of(Maker::kMoonshot, model); }

TEST(MoonshotRows, FixTheSamplingFromKimi25On) {
  for (const char* model : {"kimi-k2.5", "kimi-k2.6", "kimi-k2.7-code-highspeed", "kimi-k3", "moonshotai/kimi-k3"}) {
    EXPECT_EQ(rules_of(model).sampling, Sampling::kRefused) << model;
    EXPECT_EQ(rules_of(model).choices_max, 1U) << model;
  }
  for (const char* model : {"kimi-k2-turbo-preview", "moonshot-v1-8k", "kimi-latest"}) {
    EXPECT_EQ(rules_of(model), Contract()) << model;
  }
}

TEST(MoonshotRows, KnowWhichModelsAlwaysThink) {
  EXPECT_EQ(rules_of("kimi-k2.6").thinking_off, ThinkingOff::kDisabled);
  EXPECT_EQ(rules_of("kimi-k2.7-code").thinking_off, ThinkingOff::kNever);
  EXPECT_EQ(rules_of("kimi-k3").thinking_off, ThinkingOff::kNever);
  EXPECT_TRUE(rules_of("kimi-k3").efforts.has(Effort::kMax));
  EXPECT_FALSE(rules_of("kimi-k3").efforts.has(Effort::kMedium));
}

}  // namespace
}  // namespace onellm::models
