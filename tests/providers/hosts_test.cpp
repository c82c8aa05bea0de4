#include "providers/hosts.h"

#include <gtest/gtest.h>

namespace onellm::providers {
namespace {

using dialects::ToolCallIds;
using Renames = std::vector<std::pair<std::string, std::string>>;

bool is_unknown(std::string_view base) { return &known_quirks(base) == &known_quirks(""); }

TEST(Hosts, AreKnownByTheNameInTheirAddress) {
  for (const char* base :
       {"https://api.mistral.ai/v1", "https://codestral.mistral.ai/v1", "HTTPS://API.Mistral.AI:443/v1",
        "https://user@api.mistral.ai", "https://proxy.example/api.mistral.ai/v1"}) {
    EXPECT_EQ(known_quirks(base).tool_call_ids, ToolCallIds::kNine) << base;
  }
}

TEST(Hosts, AreUnknownWhereOnlyAPartOfTheNameIsTheSame) {
  for (const char* base : {"https://mistral.ai.example/v1", "https://api.mistral.ai.example/v1",
                           "https://notmistral.ai", "https://proxy.example/mistral/v1", "https://xapi.groq.com/v1",
                           "http://127.0.0.1:8000/v1", "https://proxy.example/v1-api.groq.com", "", "://"}) {
    EXPECT_TRUE(is_unknown(base)) << base;
  }
}

TEST(Hosts, MistralGetsNothingOfOpenAiAlone) {
  const Quirks& quirks = known_quirks("https://api.mistral.ai/v1");
  EXPECT_FALSE(quirks.stream_usage);
  EXPECT_FALSE(quirks.echoes);
  EXPECT_EQ(quirks.rename, (Renames{{"max_completion_tokens", "max_tokens"}, {"seed", "random_seed"}}));
}

TEST(Hosts, TakeTheLimitOfTokensByTheNameThatTheyDocument) {
  for (const char* base : {"https://api.deepseek.com", "https://api.deepseek.com/v1", "https://api.z.ai/api/paas/v4",
                           "https://api.cloudflare.com/client/v4/accounts/a/ai/v1"}) {
    EXPECT_EQ(known_quirks(base).rename, (Renames{{"max_completion_tokens", "max_tokens"}})) << base;
  }
}

TEST(Hosts, GetNoEchoesWhereTheyRefuseThem) {
  for (const char* base : {"https://api.groq.com/openai/v1", "https://api.cerebras.ai/v1"}) {
    EXPECT_FALSE(known_quirks(base).echoes) << base;
  }
  for (const char* base : {"https://api.deepseek.com", "https://openrouter.ai/api/v1"}) {
    EXPECT_TRUE(known_quirks(base).echoes) << base;
  }
}

TEST(Hosts, GoogleGetsNoImagesFromTools) {
  for (const char* base :
       {"https://generativelanguage.googleapis.com/v1beta/openai",
        "https://us-central1-aiplatform.googleapis.com/v1/projects/p/locations/l/endpoints/openapi"}) {
    EXPECT_EQ(known_quirks(base).tool_images, false) << base;
  }
  EXPECT_NE(known_quirks("https://api.groq.com/openai/v1").tool_images, false);
}

TEST(Hosts, AreKnownInEveryCountryThatTheyServe) {
  for (const char* base : {"https://api.moonshot.ai/v1", "https://api.moonshot.cn/v1"}) {
    EXPECT_EQ(known_quirks(base).maker, models::Maker::kMoonshot) << base;
  }
  for (const char* base : {"https://dashscope.aliyuncs.com/compatible-mode/v1",
                           "https://dashscope-intl.aliyuncs.com/compatible-mode/v1"}) {
    EXPECT_EQ(known_quirks(base).thinking, dialects::ThinkingSwitch::kEnable) << base;
  }
  for (const char* base : {"https://api.z.ai/api/paas/v4", "https://open.bigmodel.cn/api/paas/v4"}) {
    EXPECT_EQ(known_quirks(base).stops_max, 1) << base;
  }
}

TEST(Hosts, GetOnlyWhatTheyDocument) {
  EXPECT_FALSE(known_quirks("https://api.groq.com/openai/v1").names);
  EXPECT_EQ(known_quirks("https://api.groq.com/openai/v1").choices_max, 1);
  EXPECT_EQ(known_quirks("https://api.perplexity.ai").formats, dialects::kJsonSchemas);
  EXPECT_EQ(known_quirks("https://api.deepseek.com").formats, dialects::kJsonObjects);
  EXPECT_TRUE(known_quirks("https://openrouter.ai/api/v1").cache_marks);
}

TEST(Hosts, GetNoForcedToolWhileTheModelThinksWhereTheyRefuseIt) {
  for (const char* base : {"https://api.deepseek.com", "https://dashscope.aliyuncs.com/compatible-mode/v1"}) {
    EXPECT_FALSE(known_quirks(base).force_while_thinking) << base;
  }
  EXPECT_TRUE(known_quirks("https://openrouter.ai/api/v1").force_while_thinking);
}

TEST(Hosts, GetAlternatingTurnsAndToolsOfDifferentNamesWhereTheyNeedThem) {
  EXPECT_FALSE(known_quirks("https://api.perplexity.ai").repeated_roles);
  EXPECT_FALSE(known_quirks("https://api.deepseek.com").repeated_tools);
  EXPECT_TRUE(known_quirks("https://api.groq.com/openai/v1").repeated_roles);
  EXPECT_TRUE(known_quirks("https://api.perplexity.ai").repeated_tools);
}

TEST(Hosts, OpenRouterGetsTheVerbosity) {
  EXPECT_EQ(known_quirks("https://openrouter.ai/api/v1").pass, std::vector<std::string>{"verbosity"});
}

}  // namespace
}  // namespace onellm::providers
