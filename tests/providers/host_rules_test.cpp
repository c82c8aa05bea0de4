#include <gtest/gtest.h>

#include "providers/azure/azure.h"
#include "providers/openai.h"
#include "support/providers.h"

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
  provider.quirks.drop = {"seed"};
  provider.quirks.pass = {"store"};
  provider.quirks.rename = {{"max_completion_tokens", "max_tokens"}};
  for (const bool native : {true, false}) {
    provider.quirks.native = native;
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

TEST(HostRules, OfACompatibleHostAreItsQuirks) {
  Provider provider;
  EXPECT_FALSE(compatible_host_rules(provider, "m").tools_give_text);
  EXPECT_FALSE(compatible_host_rules(provider, "m").tools_give_media);
  EXPECT_FALSE(compatible_host_rules(provider, "m").takes_no_echoes);
  EXPECT_EQ(compatible_host_rules(provider, "m").tool_call_ids, dialects::ToolCallIds::kAny);
  provider.quirks.tool_images = false;
  provider.quirks.echoes = false;
  provider.quirks.tool_call_ids = dialects::ToolCallIds::kNine;
  EXPECT_TRUE(compatible_host_rules(provider, "m").tools_give_text);
  EXPECT_TRUE(compatible_host_rules(provider, "m").takes_no_echoes);
  EXPECT_EQ(compatible_host_rules(provider, "m").tool_call_ids, dialects::ToolCallIds::kNine);
  provider.quirks.tool_images = true;
  EXPECT_FALSE(compatible_host_rules(provider, "m").tools_give_text);
  EXPECT_TRUE(compatible_host_rules(provider, "m").tools_give_media);
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
