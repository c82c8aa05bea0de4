#include "providers/google.h"

#include <gtest/gtest.h>

#include "support/providers.h"

namespace onellm::providers {
namespace {

using Headers = std::vector<Header>;

Provider provider_of(std::string_view kind) {
  Provider provider;
  provider.kind = find_kind(kind);
  provider.name = kind;
  provider.base = "https://g.test";
  provider.key = "k";
  return provider;
}

std::string url_of(std::string_view kind, std::string_view model, bool stream = false) {
  const Provider provider = provider_of(kind);
  return test::chat_endpoint(provider, model, stream).url;
}

TEST(Gemini, IsAskedByMethodsOfTheModel) {
  EXPECT_EQ(url_of("google", "gemini-3.8-flash"), "https://g.test/v1beta/models/gemini-3.8-flash:generateContent");
  EXPECT_EQ(url_of("google", "gemini-3.8-flash", true),
            "https://g.test/v1beta/models/gemini-3.8-flash:streamGenerateContent?alt=sse");
}

TEST(Gemini, GetsItsKeyInAHeaderAlone) {
  for (const char* kind : {"google", "palm"}) {
    const Provider provider = provider_of(kind);
    const Endpoint endpoint = test::chat_endpoint(provider, "m", true);
    EXPECT_EQ(endpoint.headers, (Headers{{"x-goog-api-key", "k"}}));
    EXPECT_EQ(endpoint.url.find("key="), endpoint.url.npos);
  }
}

TEST(Gemini, TakesANameWithSlashesForAPath) {
  EXPECT_EQ(url_of("google", "models/gemini-x"), "https://g.test/v1beta/models/gemini-x:generateContent");
  EXPECT_EQ(url_of("google", "tunedModels/my-1"), "https://g.test/v1beta/tunedModels/my-1:generateContent");
}

TEST(Gemini, LetsNoNameLeaveItsPlace) {
  EXPECT_EQ(url_of("google", "../x"), "https://g.test/v1beta/models/..%2Fx:generateContent");
  EXPECT_EQ(url_of("google", "models/../x"), "https://g.test/v1beta/models/models%2F..%2Fx:generateContent");
  EXPECT_EQ(url_of("google", "models//x"), "https://g.test/v1beta/models/models%2F%2Fx:generateContent");
  EXPECT_EQ(url_of("google", "x:delete?a#b"), "https://g.test/v1beta/models/x%3Adelete%3Fa%23b:generateContent");
  EXPECT_EQ(url_of("palm", "../x"), "https://g.test/v1beta2/models/..%2Fx:generateMessage");
}

TEST(Gemini, ListsItsModelsPageByPage) {
  const Provider provider = provider_of("google");
  EXPECT_EQ(test::models_endpoint(provider, "").url, "https://g.test/v1beta/models?pageSize=1000");
  EXPECT_EQ(test::models_endpoint(provider, "t/=").url, "https://g.test/v1beta/models?pageSize=1000&pageToken=t%2F%3D");
}

TEST(Gemini, ServesItsFamiliesHoweverNew) {
  const auto serves = [](std::string_view model) { return serves_family(*find_kind("google"), model); };
  for (const char* model : {"gemini-99-pro", "gemini-flash-latest", "gemma-4"}) EXPECT_TRUE(serves(model)) << model;
  for (const char* model : {"", "gemini", "my-gemini-1", "chat-bison-001"}) EXPECT_FALSE(serves(model)) << model;
}

TEST(Gemini, HasAListOfItsOwnFamily) {
  const Kind& kind = *find_kind("google");
  EXPECT_GT(kind.builtin_models.size(), 5U);
  for (const std::string_view model : kind.builtin_models) EXPECT_TRUE(serves_family(kind, model)) << model;
}

TEST(Palm, HasOneMethodForChatAndOneForText) {
  for (const bool stream : {false, true}) {
    EXPECT_EQ(url_of("palm", "chat-bison-001", stream), "https://g.test/v1beta2/models/chat-bison-001:generateMessage");
    EXPECT_EQ(url_of("palm", "text-bison-001", stream), "https://g.test/v1beta2/models/text-bison-001:generateText");
  }
}

TEST(Palm, ServesTheTwoModelsThatItLists) {
  const Kind& kind = *find_kind("palm");
  EXPECT_EQ(kind.models_endpoint, nullptr);
  EXPECT_EQ(kind.builtin_models.size(), 2U);
  for (const std::string_view model : kind.builtin_models) EXPECT_TRUE(serves_family(kind, model)) << model;
  EXPECT_FALSE(serves_family(kind, "bison"));
}

}  // namespace
}  // namespace onellm::providers
