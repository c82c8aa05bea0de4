#include <gtest/gtest.h>

#include "providers/azure/azure.h"
#include "providers/openai.h"

namespace onellm::providers {
namespace {

using dialects::HostMapping;
using dialects::HostRules;

TEST(HostRules, OpenAiGoesByFamily) {
  EXPECT_EQ(openai_host_rules({}, "o3").mapping, HostMapping::kOpenAi);
  EXPECT_EQ(openai_host_rules({}, "o3").api_version, "");
}

TEST(HostRules, OfNativeHostsAreOnlyTheirSettings) {
  Provider provider;
  provider.drop = {"seed"};
  provider.pass = {"store"};
  provider.rename = {{"max_completion_tokens", "max_tokens"}};
  for (const bool native : {true, false}) {
    provider.native = native;
    const HostRules rules = compatible_host_rules(provider, "llama");
    EXPECT_EQ(rules.mapping, native ? HostMapping::kAsWritten : HostMapping::kCompatible);
    ASSERT_EQ(rules.drop.size(), 1u);
    EXPECT_EQ(rules.drop[0], "seed");
    ASSERT_EQ(rules.pass.size(), 1u);
    EXPECT_EQ(rules.pass[0], "store");
    ASSERT_EQ(rules.rename.size(), 1u);
    EXPECT_EQ(rules.rename[0].second, "max_tokens");
  }
}

TEST(HostRules, KnowGoogleByItsAddress) {
  const struct {
    const char* base;
    bool native;
    bool gives_text;
  } cases[] = {
      {"https://generativelanguage.googleapis.com/v1beta/openai", false, true},
      {"https://us-central1-aiplatform.googleapis.com/v1/projects/p/locations/l/endpoints/openapi", false, true},
      {"https://generativelanguage.googleapis.com/v1beta/openai", true, false},
      {"https://api.groq.com/openai/v1", false, false},
  };
  for (const auto& c : cases) {
    Provider provider;
    provider.base = c.base;
    provider.native = c.native;
    EXPECT_EQ(compatible_host_rules(provider, "m").tools_give_text, c.gives_text) << c.base;
  }
}

TEST(HostRules, KnowHostsThatTakeNoEchoesByTheirAddress) {
  const auto takes_none = [](const char* base) {
    Provider provider;
    provider.base = base;
    return compatible_host_rules(provider, "m").takes_no_echoes;
  };
  for (const char* base : {"https://api.groq.com/openai/v1", "https://api.cerebras.ai/v1", "https://api.mistral.ai/v1",
                           "https://codestral.mistral.ai/v1"}) {
    EXPECT_TRUE(takes_none(base)) << base;
  }
  for (const char* base : {"https://api.deepseek.com", "https://openrouter.ai/api/v1", "http://127.0.0.1:8000/v1"}) {
    EXPECT_FALSE(takes_none(base)) << base;
  }
}

TEST(HostRules, OfADeploymentKnowItsModelAndVersion) {
  Provider provider;
  provider.api_version = "2024-10-21";
  provider.models = {{.name = "gpt-4o", .upstream = "one"}, {.name = "o3", .upstream = "two"}};
  const HostRules rules = azure_host_rules(provider, "two");
  EXPECT_EQ(rules.mapping, HostMapping::kOpenAi);
  EXPECT_EQ(rules.api_version, "2024-10-21");

  provider.kind = find_kind("azure");
  EXPECT_EQ(contract_of(provider, "two"), models::contract_of(models::Maker::kOpenAi, "o3"));
  EXPECT_EQ(contract_of(provider, "o1"), models::contract_of(models::Maker::kOpenAi, "o1"));
  EXPECT_EQ(contract_of(provider, "three"), models::Contract());
}

}  // namespace
}  // namespace onellm::providers
