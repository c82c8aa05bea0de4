// A compatible host as a built-in provider: one row of the table of hosts.
#include <gtest/gtest.h>

#include "support/providers.h"

namespace onellm::providers {
namespace {

const Host kRow{.host = "api.acme.test",
                .quirks = {.choices_max = 1},
                .name = "acme",
                .base = "https://api.acme.test/openai/v2/",
                .key = "ACME_API_KEY"};

TEST(BuiltInHost, HasTheMembersOfItsRow) {
  const Kind kind = kind_of(kRow);
  EXPECT_EQ(kind.name, "acme");
  EXPECT_EQ(kind.setup, Setup::kKey);
  EXPECT_EQ(kind.key_setting, "ACME_API_KEY");
  EXPECT_EQ(kind.base_default, "https://api.acme.test/openai/v2/");
  EXPECT_TRUE(kind.base_as_written);
  EXPECT_EQ(kind.quirks.choices_max, 1);
}

TEST(BuiltInHost, IsOtherwiseAsAnEntryOfTheSettings) {
  const Kind kind = kind_of(kRow);
  EXPECT_EQ(kind.dialect, compatible_kind().dialect);
  EXPECT_EQ(kind.chat_endpoint, compatible_kind().chat_endpoint);
  EXPECT_EQ(kind.models_endpoint, compatible_kind().models_endpoint);
  EXPECT_EQ(kind.host_rules, compatible_kind().host_rules);
  EXPECT_FALSE(kind.refuses_values);
}

TEST(BuiltInHost, IsInTheRegistryByItsName) {
  for (const Host& host : hosts()) {
    if (host.name.empty()) continue;
    ASSERT_NE(find_kind(host.name), nullptr) << host.name;
    EXPECT_EQ(find_kind(host.name)->base_default, host.base) << host.name;
    EXPECT_EQ(&known_quirks(host.base), &host.quirks) << host.name << ": its base has its own host";
    EXPECT_FALSE(host.key.empty()) << host.name;
  }
}

}  // namespace
}  // namespace onellm::providers
