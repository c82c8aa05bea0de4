// Models of hosts that speak OpenAI's format.
#include <gtest/gtest.h>

#include "models/contract.h"

namespace onellm::models {
namespace {

ThinkingOff off(const char* model) { return contract_of(Maker::kNone, model).thinking_off; }

TEST(HostedRows, KnowWhichModelsOfDeepSeekThink) {
  for (const char* model : {"deepseek-v4-pro", "deepseek-v4-flash", "deepseek/deepseek-v4-pro", "deepseek-v5"}) {
    EXPECT_EQ(off(model), ThinkingOff::kDisabled) << model;
  }
  EXPECT_EQ(off("deepseek-reasoner"), ThinkingOff::kNever);
  for (const char* model : {"deepseek-chat", "deepseek-v3.2", "deepseek-v", "deepseek-vl2", "my-deepseek-v4", "m"}) {
    EXPECT_EQ(off(model), ThinkingOff::kLeaveOut) << model;
  }
}

}  // namespace
}  // namespace onellm::models
