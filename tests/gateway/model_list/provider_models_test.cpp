// Lists that come in pages, and what stands in for one that cannot be had.
#include "gateway/model_list/provider_models.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/providers.h"

namespace onellm::gateway::test {
namespace {

// One page of Anthropic's list; `next` is the last id where more follows.
std::string page(const std::vector<std::string>& ids, bool more) {
  Json list = {{"data", Json::array()}, {"has_more", more}, {"last_id", ids.empty() ? "" : ids.back()}};
  for (const std::string& id : ids) {
    list["data"].push_back({{"type", "model"}, {"id", id}, {"created_at", "2023-11-14T22:13:20Z"}});
  }
  return list.dump();
}

struct PagedModels : ::testing::Test {
  Configured gateway{settings_with({{"ANTHROPIC_API_KEY", "key-of-anthropic"},
                                    {"ANTHROPIC_API_BASE", "https://anthropic.test"},
                                    {"PALM_API_KEY", "key-of-google"},
                                    {"ONELLM_PROVIDERS", "{}"},
                                    {"ONELLM_ALIASES", "{}"},
                                    {"AZURE_OPENAI_API_KEYS", "x:y"},
                                    {"AZURE_OPENAI_DEPLOYMENTS", "z"},
                                    {"bindings", {"ONELLM_KV"}}})};
  Driver driver{gateway};

  void ask(const std::string& providers = "anthropic") {
    driver.request("GET /v1/models?providers=" + providers);
    for (size_t read = 0; read < driver.kv_reads.size(); ++read) driver.kv_missing(read);
  }
  std::vector<std::string> ids() {
    std::vector<std::string> ids;
    const Json list = driver.reply.json();
    for (const Json& model : list["data"]) ids.push_back(model["id"]);
    return ids;
  }
  std::vector<std::string> builtin() {
    const auto& models = providers::find_kind("anthropic")->builtin_models;
    return {models.begin(), models.end()};
  }
};

TEST_F(PagedModels, AreJoinedToOneList) {
  ask();
  ASSERT_EQ(driver.calls(), 1U);
  EXPECT_EQ(driver.fetches[0].url, "GET https://anthropic.test/v1/models?limit=1000");
  EXPECT_EQ(driver.fetches[0].headers["x-api-key"], "key-of-anthropic");
  EXPECT_EQ(driver.fetches[0].headers["anthropic-version"], "2023-06-01");
  driver.answer(0, 200, page({"claude-a", "claude-b"}, true));
  ASSERT_EQ(driver.calls(), 2U);
  EXPECT_EQ(driver.fetches[1].url, "GET https://anthropic.test/v1/models?limit=1000&after_id=claude-b");
  EXPECT_EQ(driver.reply.status, 0);
  driver.answer(1, 200, page({"claude-c"}, false));
  EXPECT_EQ(ids(), (std::vector<std::string>{"claude-a", "claude-b", "claude-c"}));
  EXPECT_EQ(driver.reply.json()["data"][0]["owned_by"], "anthropic");
  ASSERT_EQ(driver.kv_writes.size(), 1U);
  EXPECT_NE(driver.kv_writes[0].value.find("claude-c"), std::string::npos);
  EXPECT_EQ(driver.kv_writes[0].value.find("key-of"), std::string::npos);
}

TEST_F(PagedModels, EndWhereAPageLeadsToItself) {
  ask();
  driver.answer(0, 200, page({"claude-a"}, true));
  driver.answer(1, 200, page({"claude-a"}, true));
  EXPECT_EQ(driver.calls(), 2U);
  EXPECT_EQ(ids(), std::vector<std::string>{"claude-a"});
}

TEST_F(PagedModels, EndAfterTenPages) {
  ask();
  for (size_t call = 0; call < driver.calls(); ++call) {
    ASSERT_LT(call, kModelListPagesMax);
    driver.answer(call, 200, page({"claude-" + std::to_string(call)}, true));
  }
  EXPECT_EQ(ids().size(), kModelListPagesMax);
}

TEST_F(PagedModels, OfABrokenLaterPageAreServedAsFarAsTheyCame) {
  ask();
  driver.answer(0, 200, page({"claude-a"}, true));
  driver.answer(1, 500, "{}");
  EXPECT_EQ(ids(), std::vector<std::string>{"claude-a"});
  EXPECT_TRUE(driver.kv_writes.empty()) << "half a list is not kept";
}

TEST_F(PagedModels, OfASlowLaterPageAreServedAsFarAsTheyCame) {
  ask();
  driver.wait(3'000);
  driver.answer(0, 200, page({"claude-a"}, true));
  driver.wait(2'000);
  EXPECT_EQ(ids(), std::vector<std::string>{"claude-a"});
  EXPECT_EQ(driver.fetches[1].aborts, 1);
  EXPECT_TRUE(driver.kv_writes.empty());
}

TEST_F(PagedModels, AreLimitedInAllTheirPagesTogether) {
  ask();
  driver.answer(0, 200, page({"claude-" + std::string(kModelListBytesMax / 4, 'a')}, true));
  driver.answer(1, 200, page({"claude-" + std::string(kModelListBytesMax / 4, 'b')}, false));
  EXPECT_EQ(driver.reply.status, 200);
  EXPECT_EQ(ids(), std::vector<std::string>{}) << "no request could name them";
  EXPECT_TRUE(driver.kv_writes.empty());
}

TEST_F(PagedModels, AreTheBuiltInWhereTheProviderRefuses) {
  ask();
  driver.answer(0, 401, R"({"error":{}})");
  EXPECT_EQ(ids(), builtin());
  EXPECT_TRUE(driver.kv_writes.empty());
}

TEST_F(PagedModels, AreTheBuiltInWhereTheProviderIsGoneOrBroken) {
  ask();
  driver.fail(0);
  EXPECT_EQ(ids(), builtin());
  for (const char* body : {"", "<html>", "{}", R"({"data":[]})"}) {
    Driver other(gateway);
    other.request("GET /v1/models?providers=anthropic");
    for (size_t read = 0; read < other.kv_reads.size(); ++read) other.kv_missing(read);
    other.answer(0, 200, body);
    EXPECT_EQ(other.reply.json()["data"].size(), builtin().size()) << body;
    EXPECT_TRUE(other.kv_writes.empty());
  }
}

TEST_F(PagedModels, AreTheBuiltInWhereTheProviderIsSlow) {
  ask();
  driver.head(0, 200);
  driver.wait(5'000);
  EXPECT_EQ(ids(), builtin());
  EXPECT_EQ(driver.fetches[0].aborts, 1);
}

TEST_F(PagedModels, OfPalmNeedNoNetwork) {
  ask("palm");
  EXPECT_EQ(driver.calls(), 0U);
  EXPECT_EQ(ids(), (std::vector<std::string>{"chat-bison-001", "text-bison-001"}));
}

TEST_F(PagedModels, AreInTheOrderOfTheProvidersWhoeverAnswersFirst) {
  ask("openai,anthropic");
  ASSERT_EQ(driver.calls(), 2U);
  driver.answer(1, 200, page({"claude-a"}, false));
  driver.answer(0, 200, R"({"data":[{"id":"gpt-4o"}]})");
  EXPECT_EQ(ids(), (std::vector<std::string>{"gpt-4o", "claude-a"}));
}

TEST_F(PagedModels, AreLetGoWhenTheClientLeaves) {
  ask("openai,anthropic");
  driver.answer(0, 200, R"({"data":[{"id":"gpt-4o"}]})");
  driver.client_gone();
  EXPECT_EQ(driver.fetches[0].aborts, 0);
  EXPECT_EQ(driver.fetches[1].aborts, 1);
}

TEST_F(PagedModels, ReachTheirTargets) {
  ask("anthropic,google,palm");
  for (size_t call = 0; call < driver.calls(); ++call) driver.fail(call);
  ASSERT_GT(ids().size(), 20U);
  const Json list = driver.reply.json();
  for (const Json& model : list["data"]) {
    Driver chat(gateway);
    chat.chat(Json{{"model", model["id"]}, {"messages", {{{"role", "user"}, {"content", "Hi"}}}}});
    ASSERT_EQ(chat.calls(), 1U) << model << "\n" << chat.transcript();
    const bool is_anthropic = chat.fetches[0].url.find("anthropic.test") != std::string::npos;
    EXPECT_EQ(is_anthropic, model["owned_by"] == "anthropic") << model;
  }
}

}  // namespace
}  // namespace onellm::gateway::test
