// What the table says of OpenAI's models.
#include <gtest/gtest.h>

#include "models/contract.h"

namespace onellm::models {
namespace {

const Contract& rules_of(std::string_view model) { return contract_of(Maker::kOpenAi, model); }

TEST(OpenAiRows, KnowsWhoReasonsAndWhen) {
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

TEST(OpenAiRows, SaysNothingOfIdsThatDoNotSayTheirFamily) {
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
    const Contract& rules = rules_of(model);
    EXPECT_EQ(rules.reasoning, Reasoning::kUnknown) << model;
    EXPECT_EQ(rules.sampling, Sampling::kFree) << model;
    EXPECT_TRUE(rules.takes_max_tokens && rules.takes_stop && rules.takes_system && rules.takes_functions) << model;
    EXPECT_TRUE(rules.takes_flex && rules.takes_priority && rules.takes_cache_options) << model;
    EXPECT_FALSE(rules.tools_need_no_effort) << model;
  }
}

TEST(OpenAiRows, ChoosesTheNearestEffortThatAModelHas) {
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
      {"gpt-6-astra", Effort::kNone, Effort::kLow},  {"gpt-6-astra", Effort::kMax, Effort::kXhigh},
      {"gpt-6.1-sol", Effort::kMax, Effort::kXhigh},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(nearest_effort(rules_of(c.model).efforts, c.asked), c.nearest) << c.model << ' ' << effort_word(c.asked);
  }
}

// Each with the source of its row (rows/).
TEST(OpenAiRows, KnowsTheWordsOfEffortOfEachFamily) {
  struct Case {
    const char* model;
    const char* chat;
    const char* responses;
  };
  const Case cases[] = {
      {"o3", "low medium high ", "low medium high "},
      {"o3-deep-research", "medium ", "medium "},
      {"gpt-5-mini", "minimal low medium high ", "minimal low medium high "},
      {"gpt-5-codex", "low medium high ", "low medium high "},
      {"gpt-5-pro", "high ", "high "},
      {"gpt-5.1", "none low medium high ", "none low medium high "},
      {"gpt-5.1-chat-latest", "medium ", "medium "},
      {"gpt-5.1-codex", "low medium high ", "low medium high "},
      {"gpt-5.1-codex-mini", "low medium high ", "low medium high "},
      {"gpt-5.1-codex-max", "low medium high xhigh ", "low medium high xhigh "},
      {"gpt-5.2", "none low medium high xhigh ", "none low medium high xhigh "},
      {"gpt-5.2-pro", "medium high xhigh ", "medium high xhigh "},
      {"gpt-5.3-codex", "low medium high xhigh ", "low medium high xhigh "},
      {"gpt-5.4-nano", "none low medium high xhigh ", "none low medium high xhigh "},
      {"gpt-5.5", "none low medium high xhigh ", "none low medium high xhigh "},
      {"gpt-5.6-terra", "none low medium high xhigh ", "none low medium high xhigh max "},
      {"gpt-6-luna", "none low medium high xhigh ", "none low medium high xhigh max "},
      {"gpt-6-astra", "low medium high xhigh ", "low medium high xhigh max "},
      {"gpt-6.1-terra", "none low medium high xhigh ", "none low medium high xhigh max "},
  };
  const auto words = [](EffortSet set) {
    std::string text;
    for (int i = 0; i <= static_cast<int>(Effort::kMax); ++i) {
      const auto effort = static_cast<Effort>(i);
      if (set.has(effort)) text.append(effort_word(effort)).append(" ");
    }
    return text;
  };
  for (const Case& c : cases) {
    EXPECT_EQ(words(rules_of(c.model).efforts), c.chat) << c.model;
    EXPECT_EQ(words(rules_of(c.model).responses_efforts), c.responses) << c.model;
  }
}

TEST(OpenAiRows, KnowsTheTiersOfAModel) {
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
    const Contract& rules = rules_of(c.model);
    EXPECT_EQ(rules.takes_flex, c.flex) << c.model;
    EXPECT_EQ(rules.takes_priority, c.priority) << c.model;
    EXPECT_EQ(rules.takes_cache_options, c.cache_options) << c.model;
  }
}

}  // namespace
}  // namespace onellm::models
