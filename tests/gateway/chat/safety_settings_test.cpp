// The filters that settings choose for Gemini.
#include <gtest/gtest.h>

#include "support/gateway_driver.h"
#include "support/gateway_settings.h"

namespace onellm::gateway::test {
namespace {

// What reaches the upstream of `model`.
std::string sent_to(const char* model) {
  const Json filters = {{{"category", "HARM_CATEGORY_HARASSMENT"}, {"threshold", "BLOCK_NONE"}}};
  Configured gateway(settings_with({{"PALM_API_KEY", "k"}, {"GEMINI_SAFETY_SETTINGS", filters}}));
  Driver driver(gateway);
  driver.chat(Json{{"model", model}, {"messages", {{{"role", "user"}, {"content", "Hi"}}}}});
  return driver.fetches[0].body;
}

TEST(SafetySettings, ReachGeminiAlone) {
  EXPECT_NE(sent_to("gemini-flash-latest").find("HARM_CATEGORY_HARASSMENT"), std::string::npos);
  EXPECT_EQ(sent_to("chat-bison-001").find("HARM_CATEGORY_HARASSMENT"), std::string::npos);
  EXPECT_EQ(sent_to("gpt-4o").find("HARM_CATEGORY_HARASSMENT"), std::string::npos);
}

}  // namespace
}  // namespace onellm::gateway::test
