#include "dialects/openai_chat/request/api_choice.h"

#include <gtest/gtest.h>

#include "dialects/request_support.h"

namespace onellm::dialects::openai_chat {
namespace {

constexpr const char* kFunction = R"("tools":[{"type":"function","function":{"name":"f"}}])";

bool needs(std::string_view model, std::string members) {
  const DecodedBody decoded = decode_good(body_with(members));
  return needs_responses(models::contract_of(models::Maker::kOpenAi, model), *decoded.request);
}

TEST(OpenAiApiChoice, NeedsResponsesForToolsWhileReasoning) {
  const std::string tools = kFunction;
  struct Case {
    const char* model;
    bool unasked;
    bool none;
    bool low;
  };
  const Case cases[] = {
      {"gpt-4o", false, false, false},     {"o3", false, false, false},
      {"gpt-5", false, false, false},      {"gpt-5.3", false, false, false},
      {"gpt-5.4", false, false, true},     {"gpt-5.4-pro", true, true, true},
      {"gpt-5.5", true, false, true},      {"gpt-5.6-sol", true, false, true},
      {"gpt-6-luna", true, false, true},   {"gpt-6-astra", true, true, true},
      {"gpt-6.1-sol", true, true, true},   {"ft:gpt-5.6:acme::id", true, false, true},
      {"deployment", false, false, false},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(needs(c.model, tools), c.unasked) << c.model;
    EXPECT_EQ(needs(c.model, tools + R"(,"reasoning_effort":"none")"), c.none) << c.model;
    EXPECT_EQ(needs(c.model, tools + R"(,"reasoning_effort":"low")"), c.low) << c.model;
  }
}

TEST(OpenAiApiChoice, NeedsResponsesForAnythingWhereChatDoesNotKnowTheModel) {
  for (const char* model : {"o1-pro", "o1-pro-2025-03-19", "o3-pro", "o3-deep-research", "o4-mini-deep-research",
                            "gpt-5-pro", "gpt-5-pro-2025-10-06", "gpt-5.2-pro", "gpt-5.5-pro", "gpt-5-codex",
                            "gpt-5.1-codex-max", "gpt-5.3-codex", "gpt-5.3-codex-spark", "gpt-5.6-cyber"}) {
    EXPECT_TRUE(needs(model, R"("n":1)")) << model;
    EXPECT_TRUE(needs(model, R"("reasoning_effort":"none")")) << model;
    EXPECT_TRUE(needs(model, kFunction)) << model;
  }
  for (const char* model :
       {"", "pro", "codex", "my-o3-pro", "gemini-pro-latest", "gpt-4o", "gpt-4-pro", "o3", "o3-mini", "o3-protocol",
        "gpt-5", "gpt-5-mini", "gpt-5-chat-latest", "gpt-5.6-sol", "gpt-6-astra"}) {
    EXPECT_FALSE(needs(model, R"("n":1)")) << model;
  }
}

TEST(OpenAiApiChoice, NeedsResponsesOnlyForFunctions) {
  EXPECT_FALSE(needs("gpt-6.1-sol", R"("n":1)"));
  EXPECT_FALSE(needs("gpt-6.1-sol", R"("tools":[{"type":"custom","custom":{"name":"f"}}])"));
  EXPECT_FALSE(needs("gpt-6.1-sol", R"("tools":[{"type":"browser_search","function":{"name":"f"}}])"));
  EXPECT_TRUE(needs("gpt-6.1-sol", R"("functions":[{"name":"f"}])"));
}

}  // namespace
}  // namespace onellm::dialects::openai_chat
