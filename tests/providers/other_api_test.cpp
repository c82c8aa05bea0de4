// Which requests leave Chat Completions for the Responses API, and where they go.
#include <gtest/gtest.h>

#include "dialects/openai_chat/dialect.h"
#include "providers/provider.h"
#include "support/providers.h"

namespace onellm::providers {
namespace {

constexpr const char* kTools = R"("tools":[{"type":"function","function":{"name":"now"}}],)";

// The URL that a request with these members goes to instead; empty: it stays.
std::string other_url(const Provider& provider, const char* model, const std::string& members) {
  const json::Buffer body(R"({"model":"m",)" + members + R"("messages":[{"role":"user","content":"hi"}]})");
  auto request = dialects::openai_chat::dialect().decode_request(body);
  EXPECT_TRUE(request);
  const Api* api = provider.kind->other_api(contract_of(provider, model), *request);
  return api == nullptr ? "" : api->endpoint(provider, {.model = model, .body = {}}).url;
}

Provider provider_of(const char* kind, const char* base) {
  Provider provider;
  provider.kind = find_kind(kind);
  provider.name = kind;
  provider.base = base;
  provider.key = "k";
  return provider;
}

TEST(OtherApi, TakesToolsWithReasoning) {
  const Provider openai = provider_of("openai", "https://openai.test");
  EXPECT_EQ(other_url(openai, "gpt-6.1-sol", kTools), "https://openai.test/v1/responses");
  EXPECT_EQ(other_url(openai, "gpt-6.1-sol", ""), "");
  EXPECT_EQ(other_url(openai, "gpt-5.6-sol", kTools), "https://openai.test/v1/responses") << "it reasons unasked";
  EXPECT_EQ(other_url(openai, "gpt-5.6-sol", std::string(kTools) + R"("reasoning_effort":"none",)"), "");
  EXPECT_EQ(other_url(openai, "gpt-4o", kTools), "");
  EXPECT_EQ(other_url(openai, "my-own-model", kTools), "") << "nothing is known of it";
}

TEST(OtherApi, TakesAllThatIsForAModelOfItsOwn) {
  const Provider openai = provider_of("openai", "https://openai.test");
  EXPECT_EQ(other_url(openai, "o3-pro", ""), "https://openai.test/v1/responses");
  EXPECT_EQ(other_url(openai, "o3", ""), "");
  Provider azure = provider_of("azure", "https://east.test");
  azure.models = {{"gpt-5.3-codex", "dep"}};
  azure.api_version = "2024-10-21";
  EXPECT_EQ(other_url(azure, "dep", ""), "https://east.test/openai/v1/responses");
  EXPECT_EQ(other_url(azure, "gpt-5-pro", ""), "https://east.test/openai/v1/responses") << "by its own name";
  EXPECT_EQ(compatible_kind().other_api, nullptr) << "other hosts have their own ideas of these names";
}

TEST(OtherApi, OfAzureIsThereWhateverTheVersionForChat) {
  Provider azure = provider_of("azure", "https://east.test");
  azure.models = {{"gpt-6-sol", "dep"}};
  azure.api_version = "v1";
  EXPECT_EQ(other_url(azure, "dep", kTools), "https://east.test/openai/v1/responses");
  azure.api_version = "2025-04-01-preview";
  EXPECT_EQ(other_url(azure, "dep", kTools), "https://east.test/openai/responses?api-version=2025-04-01-preview");
  azure.api_version = "2024-10-21";
  EXPECT_EQ(other_url(azure, "dep", kTools), "https://east.test/openai/v1/responses");
  EXPECT_EQ(other_url(azure, "dep", ""), "");
}

}  // namespace
}  // namespace onellm::providers
