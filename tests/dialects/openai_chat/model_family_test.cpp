#include "dialects/openai_chat/model_family.h"

#include <gtest/gtest.h>

#include "request_support.h"

namespace onellm::dialects::openai {
namespace {

TEST(OpenAiModelFamily, KnowsWhoReasonsAndWhen) {
  struct Case {
    const char* model;
    Reasoning reasoning;
  };
  const Case cases[] = {
      {"gpt-3.5-turbo", Reasoning::kNever},
      {"gpt-4", Reasoning::kNever},
      {"gpt-4-0613", Reasoning::kNever},
      {"gpt-4o", Reasoning::kNever},
      {"gpt-4o-2024-08-06", Reasoning::kNever},
      {"gpt-4.1-mini", Reasoning::kNever},
      {"chatgpt-4o-latest", Reasoning::kNever},
      {"gpt-5-chat-latest", Reasoning::kNever},
      {"o1", Reasoning::kUnasked},
      {"o3-mini-2025-01-31", Reasoning::kUnasked},
      {"o4-mini", Reasoning::kUnasked},
      {"gpt-5", Reasoning::kUnasked},
      {"gpt-5-2025-08-07", Reasoning::kUnasked},
      {"gpt-5-nano", Reasoning::kUnasked},
      {"gpt-5.1", Reasoning::kIfAsked},
      {"gpt-5.4", Reasoning::kIfAsked},
      {"gpt-5.4-mini", Reasoning::kIfAsked},
      {"gpt-5.2-chat-latest", Reasoning::kUnasked},
      {"gpt-5.4-pro", Reasoning::kUnasked},
      {"gpt-5.1-codex-max", Reasoning::kUnasked},
      {"gpt-5.5", Reasoning::kUnasked},
      {"gpt-5.6-sol", Reasoning::kUnasked},
      {"gpt-6-luna", Reasoning::kUnasked},
      {"gpt-6.1-sol", Reasoning::kUnasked},
      {"gpt-7", Reasoning::kUnasked},
      {"ft:gpt-4o-mini:acme::id", Reasoning::kNever},
      {"ft:o4-mini:acme::id", Reasoning::kUnasked},
  };
  for (const Case& c : cases) EXPECT_EQ(rules_of(c.model).reasoning, c.reasoning) << c.model;
}

TEST(OpenAiModelFamily, SaysNothingOfIdsThatDoNotSayTheirFamily) {
  for (const char* model : {"",
                            "o",
                            "gpt",
                            "gpt-",
                            "gpt-oss-120b",
                            "gpt-image-1",
                            "gpt-35-turbo",
                            "gpt-41",
                            "gpt-5x",
                            "gpt-5.",
                            "gpt-5.123",
                            "gpt-1234",
                            "o-3",
                            "o3x",
                            "omni",
                            "ft:",
                            "ft:custom:gpt-5",
                            "llama-3.3-70b",
                            "claude-opus-5",
                            "deepseek-r1",
                            "my-gpt-5"}) {
    const FamilyRules rules = rules_of(model);
    EXPECT_EQ(rules.reasoning, Reasoning::kUnknown) << model;
    EXPECT_EQ(rules.sampling, Sampling::kFree) << model;
    EXPECT_TRUE(rules.takes_max_tokens && rules.takes_stop && rules.takes_system && rules.takes_functions) << model;
    EXPECT_TRUE(rules.takes_flex && rules.takes_priority && rules.takes_cache_options) << model;
    EXPECT_FALSE(rules.tools_need_no_effort) << model;
  }
}

TEST(OpenAiModelFamily, ChoosesTheNearestEffortThatAModelHas) {
  struct Case {
    const char* model;
    Effort asked;
    Effort nearest;
  };
  const Case cases[] = {
      {"o3", Effort::kNone, Effort::kLow},           {"o3", Effort::kMinimal, Effort::kLow},
      {"o3", Effort::kHigh, Effort::kHigh},          {"o3", Effort::kMax, Effort::kHigh},
      {"gpt-5", Effort::kNone, Effort::kMinimal},    {"gpt-5.1", Effort::kNone, Effort::kNone},
      {"gpt-5.1", Effort::kXhigh, Effort::kHigh},    {"gpt-5.2-chat", Effort::kHigh, Effort::kMedium},
      {"gpt-5.6-sol", Effort::kNone, Effort::kNone}, {"gpt-5.6-sol", Effort::kMinimal, Effort::kLow},
      {"gpt-6-astra", Effort::kNone, Effort::kLow},  {"gpt-6-astra", Effort::kMax, Effort::kMax},
      {"gpt-6.1-sol", Effort::kMax, Effort::kXhigh},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(nearest_effort(rules_of(c.model), c.asked), c.nearest) << c.model << ' ' << effort_word(c.asked);
  }
}

TEST(OpenAiModelFamily, KnowsTheTiersOfAModel) {
  struct Case {
    const char* model;
    bool flex;
    bool priority;
    bool cache_options;
  };
  const Case cases[] = {
      {"gpt-3.5-turbo", false, false, false},
      {"gpt-4o", false, true, false},
      {"gpt-4.1", false, true, false},
      {"o1", false, false, false},
      {"o3", true, true, false},
      {"o4-mini", true, true, false},
      {"gpt-5", true, true, false},
      {"gpt-5-nano", true, false, false},
      {"gpt-5-chat-latest", false, false, false},
      {"gpt-5.6-sol", true, true, true},
      {"gpt-6-luna", true, true, true},
  };
  for (const Case& c : cases) {
    const FamilyRules rules = rules_of(c.model);
    EXPECT_EQ(rules.takes_flex, c.flex) << c.model;
    EXPECT_EQ(rules.takes_priority, c.priority) << c.model;
    EXPECT_EQ(rules.takes_cache_options, c.cache_options) << c.model;
  }
}

// --- the Responses API ---

constexpr const char* kFunction = R"("tools":[{"type":"function","function":{"name":"f"}}])";

bool needs(std::string_view model, std::string members) {
  const DecodedBody decoded = decode_good(body_with(members));
  return needs_responses(*decoded.request, model);
}

TEST(OpenAiModelFamily, NeedsResponsesForToolsWhileReasoning) {
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

TEST(OpenAiModelFamily, NeedsResponsesForAnythingWhereChatDoesNotKnowTheModel) {
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

TEST(OpenAiModelFamily, NeedsResponsesOnlyForFunctions) {
  EXPECT_FALSE(needs("gpt-6.1-sol", R"("n":1)"));
  EXPECT_FALSE(needs("gpt-6.1-sol", R"("tools":[{"type":"custom","custom":{"name":"f"}}])"));
  EXPECT_FALSE(needs("gpt-6.1-sol", R"("tools":[{"type":"web_search","function":{"name":"f"}}])"));
  EXPECT_TRUE(needs("gpt-6.1-sol", R"("functions":[{"name":"f"}])"));
}

}  // namespace
}  // namespace onellm::dialects::openai
