#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "providers/azure/azure.h"
#include "providers/openai.h"
#include "providers/provider.h"
#include "support/providers.h"

namespace onellm::providers {
namespace {

using Headers = std::vector<Header>;

Provider provider_of(const Kind& kind, std::string base, std::string key) {
  Provider provider;
  provider.kind = &kind;
  provider.base = std::move(base);
  provider.key = std::move(key);
  return provider;
}

Provider azure_of(std::string api_version) {
  Provider provider = provider_of(*find_kind("azure"), "https://r1.openai.azure.com", "k1");
  provider.api_version = std::move(api_version);
  return provider;
}

TEST(Registry, HasEachNameOnce) {
  std::set<std::string_view> names;
  for (const Kind* kind : kinds()) {
    EXPECT_TRUE(names.insert(kind->name).second) << kind->name;
    EXPECT_EQ(find_kind(kind->name), kind);
  }
  EXPECT_EQ(find_kind("nobody"), nullptr);
  EXPECT_EQ(find_kind("compatible"), nullptr) << "compatible hosts get their names from settings";
}

TEST(Registry, GivesAnEndpointToEveryKindWithADialect) {
  for (const Kind* kind : kinds()) {
    EXPECT_EQ(kind->dialect == nullptr, kind->chat_endpoint == nullptr) << kind->name;
  }
}

TEST(Registry, TakesTheMakersOfClientDialectsForNative) {
  for (const Kind* kind : kinds()) {
    EXPECT_EQ(kind->quirks.native, kind->name == "openai" || kind->name == "anthropic") << kind->name;
  }
  EXPECT_FALSE(compatible_kind().quirks.native);
}

TEST(Registry, KeepsHeadersOfOpenAiFromOthers) {
  const auto knows = [](const Kind& kind, std::string_view header) {
    for (const std::string_view known : kind.client_headers) {
      if (known == header) return true;
    }
    return false;
  };
  EXPECT_TRUE(knows(*find_kind("openai"), "openai-organization"));
  EXPECT_TRUE(knows(*find_kind("openai"), "idempotency-key"));
  EXPECT_TRUE(knows(compatible_kind(), "idempotency-key"));
  EXPECT_FALSE(knows(compatible_kind(), "openai-organization"));
  EXPECT_TRUE(find_kind("azure")->client_headers.empty());
}

TEST(Registry, KnowsWhichHeadersChooseAnAccount) {
  size_t count = 0;
  for (const Kind* kind : kinds()) {
    std::vector<std::string_view> passed = kind->client_headers;
    passed.insert(passed.end(), kind->own_client_headers.begin(), kind->own_client_headers.end());
    for (const std::string_view header : passed) {
      for (const char* word : {"organization", "project", "workspace", "profile", "account"}) {
        if (header.find(word) == std::string_view::npos) continue;
        ++count;
        EXPECT_EQ(std::count(kind->account_headers.begin(), kind->account_headers.end(), header), 1) << header;
      }
    }
  }
  EXPECT_EQ(count, 4U);
}

TEST(OpenAi, ServesItsFamiliesHoweverNew) {
  const auto serves = [](std::string_view model) { return serves_family(*find_kind("openai"), model); };
  for (const char* model : {"gpt-4o", "gpt-77-mini", "o1", "o3-mini", "o42", "chatgpt-4o-latest", "ft:gpt-4o:me::1"}) {
    EXPECT_TRUE(serves(model)) << model;
  }
  for (const char* model : {"", "o", "ollama", "gpt", "claude-2", "ft:davinci", "my-gpt-4"}) {
    EXPECT_FALSE(serves(model)) << model;
  }
}

TEST(OpenAi, PutsTheVersionAfterItsBase) {
  const Endpoint endpoint =
      test::chat_endpoint(provider_of(*find_kind("openai"), "http://127.0.0.1:1/openai", "k"), "gpt-4o", false);
  EXPECT_EQ(endpoint.url, "http://127.0.0.1:1/openai/v1/chat/completions");
  EXPECT_EQ(endpoint.headers, (Headers{{"authorization", "Bearer k"}}));
}

TEST(Compatible, AddsNothingToItsBaseButThePath) {
  Provider provider = provider_of(compatible_kind(), "https://api.groq.com/openai/v1", "k");
  provider.headers = {{"x-title", "mine"}};
  const Endpoint endpoint = test::chat_endpoint(provider, "llama", false);
  EXPECT_EQ(endpoint.url, "https://api.groq.com/openai/v1/chat/completions");
  EXPECT_EQ(endpoint.headers, (Headers{{"x-title", "mine"}, {"authorization", "Bearer k"}}));
}

TEST(Compatible, SendsNoCredentialWithoutAKey) {
  const Provider provider = provider_of(compatible_kind(), "http://localhost:11434/v1", "");
  EXPECT_TRUE(test::chat_endpoint(provider, "llama", false).headers.empty());
}

TEST(Compatible, LetsItsOwnCredentialReplaceTheKey) {
  Provider provider = provider_of(compatible_kind(), "http://localhost/v1", "k");
  provider.headers = {{"authorization", "Basic abc"}};
  EXPECT_EQ(test::chat_endpoint(provider, "llama", false).headers, (Headers{{"authorization", "Basic abc"}}));
}

TEST(Azure, NamesTheDeploymentInThePathAndTheVersionInTheQuery) {
  const Endpoint endpoint = azure_chat_endpoint(azure_of("2024-10-21"), {.model = "gpt-4o", .body = {}});
  EXPECT_EQ(endpoint.url,
            "https://r1.openai.azure.com/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21");
  EXPECT_EQ(endpoint.headers, (Headers{{"api-key", "k1"}}));
}

TEST(Azure, EncodesWhatAUrlCannotHold) {
  EXPECT_EQ(azure_chat_endpoint(azure_of("a&b"), {.model = "my dep/1", .body = {}}).url,
            "https://r1.openai.azure.com/openai/deployments/my%20dep%2F1/chat/completions?api-version=a%26b");
}

TEST(Azure, LeavesTheDeploymentToTheBodyOnTheV1Surface) {
  EXPECT_EQ(azure_chat_endpoint(azure_of("v1"), {.model = "gpt-4o", .body = {}}).url,
            "https://r1.openai.azure.com/openai/v1/chat/completions");
}

TEST(Azure, TakesTheWordsForItsNewestVersionsToTheV1Surface) {
  EXPECT_EQ(azure_chat_endpoint(azure_of("latest"), {.model = "gpt-4o", .body = {}}).url,
            "https://r1.openai.azure.com/openai/v1/chat/completions");
  EXPECT_EQ(azure_chat_endpoint(azure_of("preview"), {.model = "gpt-4o", .body = {}}).url,
            "https://r1.openai.azure.com/openai/v1/chat/completions?api-version=preview");
}

TEST(Azure, FillsTheResourceIntoItsBase) {
  EXPECT_EQ(azure_base("https://{resource}.openai.azure.com/", "r1"), "https://r1.openai.azure.com");
  EXPECT_EQ(azure_base("http://127.0.0.1:1/azure/{resource}", "r1"), "http://127.0.0.1:1/azure/r1");
}

TEST(Azure, TakesOffWhatTheUrlAddsItself) {
  for (const char* base : {"https://a.b/openai", "https://a.b/openai/", "https://a.b/openai/v1", "https://a.b/v1",
                           "https://a.b/openai/deployments/az", "https://a.b/openai/deployments/az/"}) {
    EXPECT_EQ(azure_base(base, "r1"), "https://a.b") << base;
  }
}

TEST(Azure, AsksOldVersionsForNoUsage) {
  EXPECT_FALSE(azure_has_stream_options("2023-05-15"));
  EXPECT_FALSE(azure_has_stream_options("2024-08-01-preview"));
  EXPECT_TRUE(azure_has_stream_options("2024-09-01-preview"));
  EXPECT_TRUE(azure_has_stream_options(kAzureApiVersionDefault));
  EXPECT_TRUE(azure_has_stream_options(kAzureApiVersionV1));
}

TEST(Registry, OpenAiAloneIsHeldToWhatOpenAiAloneLimits) {
  chat::Request request;
  request.source.dialect = dialects::kOpenaiChat;
  request.source.unusual = Error{.kind = ErrorKind::kBadRequest, .message = "unusual"};
  for (const char* name : {"openai", "azure"}) EXPECT_TRUE(refusal_of_values(*find_kind(name), request)) << name;
  for (const char* name : {"anthropic", "google"}) EXPECT_FALSE(refusal_of_values(*find_kind(name), request)) << name;
  EXPECT_FALSE(refusal_of_values(compatible_kind(), request));
}

TEST(Registry, OnlyACompatibleHostGetsValuesOutOfRange) {
  chat::Request request;
  request.source.dialect = dialects::kOpenaiChat;
  request.source.out_of_range = Error{.kind = ErrorKind::kBadRequest, .message = "out of range"};
  for (const Kind* kind : kinds()) {
    const bool is_compatible = kind->host_rules == compatible_host_rules;  // Built in, by a row of hosts.cpp.
    EXPECT_EQ(refusal_of_values(*kind, request).has_value(), !is_compatible) << kind->name;
  }
  EXPECT_FALSE(refusal_of_values(compatible_kind(), request));
}

TEST(Registry, OnlyAHostOfTheClientsDialectGetsValuesOutOfRange) {
  chat::Request request;
  request.source.dialect = dialects::kAnthropicMessages;
  request.source.out_of_range = Error{.kind = ErrorKind::kBadRequest, .message = "out of range"};
  for (const Kind* kind : kinds()) {
    EXPECT_EQ(refusal_of_values(*kind, request).has_value(), kind->name != "anthropic") << kind->name;
  }
  EXPECT_TRUE(refusal_of_values(compatible_kind(), request));
}

}  // namespace
}  // namespace onellm::providers
