// Lists of models that are kept in KV.
#include "gateway/model_list/cache.h"

#include <gtest/gtest.h>

#include "support/gateway_driver.h"
#include "support/gateway_settings.h"

namespace onellm::gateway::test {
namespace {

constexpr const char* kTarget = "GET /v1/models?providers=openai";
constexpr const char* kList = R"({"data":[{"id":"gpt-4o","created":17},{"id":"o3","created":"soon"}]})";
constexpr const char* kKept = R"([["gpt-4o",17],["o3",0]])";

providers::Provider provider_at(std::string name, std::string base) {
  providers::Provider provider;
  provider.name = std::move(name);
  provider.base = std::move(base);
  provider.key = "secret";
  return provider;
}

TEST(ModelCache, HasAKeyForEachProviderAndBase) {
  const std::string key = model_cache_key(provider_at("openai", "https://a"));
  EXPECT_TRUE(key.starts_with("models:openai:")) << key;
  EXPECT_EQ(key, model_cache_key(provider_at("openai", "https://a")));
  EXPECT_NE(key, model_cache_key(provider_at("openai", "https://b")));
  EXPECT_NE(key, model_cache_key(provider_at("other", "https://a")));
  EXPECT_EQ(key.find("secret"), key.npos);
  EXPECT_LT(key.size(), 128U);
}

TEST(ModelCache, ReadsWhatItWrites) {
  const std::vector<dialects::ModelEntry> models = {{"gpt-4o", 17}, {"a \"b\"/\u00e9", 0}};
  const auto read = read_cached(cached_text(models));
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 2U);
  EXPECT_EQ((*read)[0].created_s, 17);
  EXPECT_EQ((*read)[1].id, models[1].id);
}

TEST(ModelCache, TakesNothingThatIsNoList) {
  const std::string too_long = "[[\"" + std::string(kModelListBytesMax, 'a') + "\",1]]";
  for (const std::string& text : {std::string(), std::string("[]"), std::string("{}"), std::string("[["),
                                  std::string("null"), std::string("[1,[],[2]]"), too_long}) {
    EXPECT_FALSE(read_cached(text)) << text.substr(0, 20);
  }
}

struct KeptModels : ::testing::Test {
  Configured gateway{settings_with({{"bindings", {"ONELLM_KV"}}, {"ONELLM_ALIASES", "{}"}})};
  Driver driver{gateway};

  // Answers what is asked of KV for settings.
  void SetUp() override {
    driver.request(kTarget);
    for (size_t read = 0; read < driver.kv_reads.size(); ++read) {
      if (!driver.kv_reads[read].second.starts_with("models:")) driver.kv_missing(read);
    }
    ASSERT_FALSE(driver.kv_reads.empty());
  }
  size_t last_read() const { return driver.kv_reads.size() - 1; }
};

TEST_F(KeptModels, AreServedWithoutAskingTheProvider) {
  EXPECT_TRUE(driver.kv_reads[last_read()].second.starts_with("models:openai:"));
  EXPECT_EQ(driver.calls(), 0U);
  driver.kv_value(last_read(), kKept);
  EXPECT_EQ(driver.calls(), 0U);
  EXPECT_EQ(driver.reply.json()["data"].size(), 2U);
  EXPECT_EQ(driver.reply.json()["data"][0]["created"], 17);
  EXPECT_TRUE(driver.kv_writes.empty());
}

TEST_F(KeptModels, AreAskedForAndKeptForAnHourWhereThereAreNone) {
  driver.kv_missing(last_read());
  ASSERT_EQ(driver.calls(), 1U);
  driver.answer(0, 200, kList);
  EXPECT_EQ(driver.reply.json()["data"].size(), 2U);
  ASSERT_EQ(driver.kv_writes.size(), 1U);
  EXPECT_EQ(driver.kv_writes[0].key, driver.kv_reads[last_read()].second);
  EXPECT_EQ(driver.kv_writes[0].value, kKept);
  EXPECT_EQ(driver.kv_writes[0].ttl_s, 3600U);
}

TEST_F(KeptModels, AreAskedForWhereTheyAreMalformed) {
  driver.kv_value(last_read(), "[[");
  ASSERT_EQ(driver.calls(), 1U);
  driver.answer(0, 200, kList);
  EXPECT_EQ(driver.reply.json()["data"].size(), 2U);
}

TEST_F(KeptModels, AreNotWhatABrokenProviderSaid) {
  driver.kv_missing(last_read());
  driver.answer(0, 200, "{}");
  EXPECT_TRUE(driver.reply.ended);
  EXPECT_TRUE(driver.kv_writes.empty());
}

TEST_F(KeptModels, DoNotHoldUpTheListWhereKvIsSlow) {
  driver.wait(5'000);
  EXPECT_EQ(driver.reply.status, 200);
  EXPECT_EQ(driver.calls(), 0U);
  driver.kv_value(last_read(), kKept);
  EXPECT_EQ(driver.calls(), 0U) << "it comes too late";
}

TEST(ModelsWithoutKv, AreNeitherReadNorKept) {
  Configured gateway;
  Driver driver(gateway);
  driver.request(kTarget);
  driver.answer(0, 200, kList);
  EXPECT_TRUE(driver.reply.ended);
  EXPECT_TRUE(driver.kv_reads.empty());
  EXPECT_TRUE(driver.kv_writes.empty());
}

}  // namespace
}  // namespace onellm::gateway::test
