#include "providers/anthropic.h"

#include <gtest/gtest.h>

#include "support/providers.h"

namespace onellm::providers {
namespace {

using Headers = std::vector<Header>;

Provider anthropic() {
  Provider provider;
  provider.kind = find_kind("anthropic");
  provider.name = "anthropic";
  provider.base = "https://a.test";
  provider.key = "k";
  provider.api_version = "2023-06-01";
  return provider;
}

TEST(Anthropic, IsAskedForMessagesWithItsKeyAndVersion) {
  const Provider provider = anthropic();
  const Endpoint endpoint = test::chat_endpoint(provider, "claude-opus-5", true);
  EXPECT_EQ(endpoint.url, "https://a.test/v1/messages");
  EXPECT_EQ(endpoint.headers, (Headers{{"x-api-key", "k"}, {"anthropic-version", "2023-06-01"}}));
}

TEST(Anthropic, ListsItsModelsPageByPage) {
  const Provider provider = anthropic();
  const Endpoint first = test::models_endpoint(provider, "");
  EXPECT_EQ(first.url, "https://a.test/v1/models?limit=1000");
  EXPECT_EQ(first.headers, (Headers{{"x-api-key", "k"}, {"anthropic-version", "2023-06-01"}}));
  EXPECT_EQ(test::models_endpoint(provider, "a b&c").url, "https://a.test/v1/models?limit=1000&after_id=a%20b%26c");
}

TEST(Anthropic, ServesItsFamilyHoweverNew) {
  const auto serves = [](std::string_view model) { return serves_family(*find_kind("anthropic"), model); };
  for (const char* model : {"claude-2", "claude-instant-1", "claude-opus-99"}) EXPECT_TRUE(serves(model)) << model;
  for (const char* model : {"", "claude", "anthropic", "my-claude-2", "gpt-4o"}) EXPECT_FALSE(serves(model)) << model;
}

TEST(Anthropic, KnowsTheNamesOfItsFirstGenerations) {
  const Kind& kind = *find_kind("anthropic");
  EXPECT_EQ(upstream_name(kind, "claude-2"), "claude-2.0");
  EXPECT_EQ(upstream_name(kind, "claude-instant-1"), "claude-instant-1.2");
  for (const char* model : {"claude-2.0", "claude-2.1", "claude-instant-1.2", "claude-opus-5", ""}) {
    EXPECT_EQ(upstream_name(kind, model), model);
  }
  EXPECT_EQ(upstream_name(*find_kind("openai"), "claude-2"), "claude-2") << "only for its own provider";
}

TEST(Anthropic, HasAListOfItsOwnFamily) {
  const Kind& kind = *find_kind("anthropic");
  EXPECT_GT(kind.builtin_models.size(), 5U);
  for (const std::string_view model : kind.builtin_models) EXPECT_TRUE(serves_family(kind, model)) << model;
}

TEST(Anthropic, GetsTheBetasThatClientsAskFor) {
  EXPECT_EQ(find_kind("anthropic")->client_headers, std::vector<std::string_view>{"anthropic-beta"});
}

}  // namespace
}  // namespace onellm::providers
