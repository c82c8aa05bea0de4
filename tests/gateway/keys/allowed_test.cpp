// Which models a key that is not the master key may ask for.
#include <gtest/gtest.h>

#include "support/keys_gateway.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

Json request(const std::string& model, const Json& more = Json::object()) { return chat_request(model, false, more); }

bool may_use(const Json& models, const std::string& model) {
  KeysGateway keys;
  const auto driver = keys.chat(keys.make({{"models", models}}), request(model));
  if (driver->calls() > 0) return true;
  EXPECT_EQ(driver->reply.status, 403) << model << driver->transcript();
  EXPECT_EQ(driver->reply.error("code"), "model_not_allowed");
  EXPECT_EQ(driver->reply.error("param"), "model");
  return false;
}

TEST(AllowedModels, EveryLegAndFallbackIsChecked) {
  EXPECT_TRUE(may_use({"gamma"}, "gamma"));
  EXPECT_TRUE(may_use({"gamma"}, " plain/gamma "));
  EXPECT_TRUE(may_use({"plain/*"}, "gamma"));
  EXPECT_TRUE(may_use({"gam*", "alpha"}, "gamma,alpha"));
  EXPECT_FALSE(may_use({"gamma"}, "alpha"));
  EXPECT_FALSE(may_use({"gamma"}, "gamma|alpha"));
  EXPECT_FALSE(may_use({"gamma"}, "alpha|gamma"));
  EXPECT_FALSE(may_use({"gamma"}, "gamma,alpha"));
  EXPECT_FALSE(may_use({"host/*"}, "gamma"));
  EXPECT_FALSE(may_use({"gamma"}, "echo"));
}

TEST(AllowedModels, NamesAreComparedLetterForLetter) {
  EXPECT_FALSE(may_use({"gpt-4o"}, "openai/GPT-4o"));
  EXPECT_FALSE(may_use({"gpt-4o"}, "openai/gpt-4\xD0\xBE"));
  EXPECT_FALSE(may_use({"gpt-4o"}, "openai/gpt-4o/../o3"));
  EXPECT_FALSE(may_use({"gpt-4o"}, "openai/gpt-4o*"));
}

TEST(AllowedModels, AnAliasNeedsAPatternOfItsNameAndOfAllThatItReaches) {
  EXPECT_TRUE(may_use({"quickly", "gamma"}, "quickly"));
  EXPECT_FALSE(may_use({"quickly"}, "quickly"));
  EXPECT_FALSE(may_use({"gamma"}, "quickly"));
  EXPECT_FALSE(may_use({"safely", "gamma"}, "safely"));
  EXPECT_TRUE(may_use({"safely", "gamma", "host/org/beta"}, "safely"));
}

TEST(AllowedModels, AnOldNameCountsAsTheModelThatItStandsFor) {
  EXPECT_TRUE(may_use({"claude-2.0"}, "claude-2"));
  EXPECT_FALSE(may_use({"claude-2"}, "claude-2"));
}

TEST(AllowedModels, ADeploymentCountsAsItsModel) {
  const Json azure = {{"AZURE_OPENAI_API_KEYS", "east:key-of-east"},
                      {"AZURE_OPENAI_DEPLOYMENTS", "gpt-4.1=our-deployment"},
                      {"AZURE_OPENAI_API_BASE", "https://{resource}.test"}};
  KeysGateway keys(azure);
  const auto by_model = keys.chat(keys.make({{"models", {"gpt-4.1"}}}), request("azure/gpt-4.1"));
  const auto by_deployment = keys.chat(keys.make({{"models", {"our-deployment"}}}), request("azure/gpt-4.1"));
  EXPECT_EQ(by_model->calls(), 1U) << by_model->transcript();
  EXPECT_EQ(by_deployment->reply.error("code"), "model_not_allowed") << by_deployment->transcript();
}

TEST(AllowedModels, OnlyOnePlaceMayNameModels) {
  KeysGateway keys;
  const std::string secret = keys.make({{"models", {"alpha"}}});
  EXPECT_EQ(keys.chat(secret, request("alpha", {{"models", {"org/beta"}}}))->reply.status, 400);
  for (const char* key : {"model", "mod\\u0065l"}) {
    Driver driver(keys.gateway);
    keys.meet(driver);
    driver.request("POST /v1/chat/completions", KeyWorld::with(secret));
    keys.serve(driver);
    driver.event(
        EventKind::kRequestEnd, 0,
        std::string(R"({"model":"alpha","messages":[{"role":"user","content":"hi"}],")") + key + R"(":"org/beta"})");
    EXPECT_EQ(driver.calls(), 0U) << key;
    EXPECT_EQ(driver.reply.status / 100, 4) << key;
  }
}

TEST(AllowedModels, TheListHasOnlyWhatTheKeyMayUse) {
  KeysGateway keys;
  const std::string secret = keys.make({{"models", {"gamma", "quickly"}}});
  Driver list(keys.gateway);
  keys.meet(list);
  list.request("GET /v1/models?providers=plain,host,echo", KeyWorld::with(secret));
  keys.serve(list);
  ASSERT_EQ(list.reply.status, 200) << list.transcript();
  const Json models = list.reply.json()["data"];
  std::vector<std::string> ids;
  for (const Json& model : models) ids.push_back(model["id"]);
  EXPECT_EQ(ids, (std::vector<std::string>{"quickly", "gamma"}));
  for (const auto& [id, status] : {std::pair{"gamma", 200}, std::pair{"quickly", 200}, std::pair{"alpha", 404}}) {
    Driver one(keys.gateway);
    keys.meet(one);
    one.request(std::string("GET /v1/models/") + id, KeyWorld::with(secret));
    keys.serve(one);
    EXPECT_EQ(one.reply.status, status) << id;
  }
}

TEST(AutoCache, CanBeSwitchedOffForAKey) {
  KeysGateway keys;
  const Json call = {{"id", "call_1"}, {"type", "function"}, {"function", {{"name", "f"}, {"arguments", "{}"}}}};
  const Json body = {{"model", "claude-sonnet-4-6"},
                     {"messages",
                      {{{"role", "user"}, {"content", "hi"}},
                       {{"role", "assistant"}, {"content", nullptr}, {"tool_calls", {call}}},
                       {{"role", "tool"}, {"tool_call_id", "call_1"}, {"content", "ok"}}}},
                     {"tools", {{{"type", "function"}, {"function", {{"name", "f"}}}}}}};
  const auto on = keys.chat(keys.make(), body);
  const auto off = keys.chat(keys.make({{"metadata", {{"auto_cache", "off"}}}}), body);
  ASSERT_EQ(on->calls() + off->calls(), 2U);
  EXPECT_NE(on->fetches[0].body.find("cache_control"), std::string::npos);
  EXPECT_EQ(off->fetches[0].body.find("cache_control"), std::string::npos);
}

}  // namespace
}  // namespace onellm::gateway::test
