// What a key that is not the master key may ask for: models, and nothing that is stored at a provider.
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

TEST(AccountState, WhatIsStoredAtAProviderIsRefusedByItsName) {
  const auto part = [](const Json& content) {
    return Json{{"messages", {{{"role", "user"}, {"content", {{{"type", "text"}, {"text", "x"}}, content}}}}}};
  };
  const std::pair<std::string, Json> cases[] = {
      {"previous_response_id", {{"previous_response_id", "resp_1"}}},
      {"conversation", {{"conversation", "conv_1"}}},
      {"prompt", {{"prompt", {{"id", "pmpt_1"}}}}},
      {"container", {{"container", "container_1"}}},
      {"thread", {{"thread", "thread_1"}}},
      {"cached_content", {{"cached_content", "cachedContents/1"}}},
      {"cachedContent", {{"extra_body", {{"google", {{"cachedContent", "cachedContents/1"}}}}}}},
      {"store", {{"store", true}}},
      {"file_id", part({{"type", "file"}, {"file", {{"file_id", "file-1"}}}})},
      {"vector_store_ids", {{"tools", {{{"type", "file_search"}, {"vector_store_ids", {"vs_1"}}}}}}},
      {"connector_id", {{"tools", {{{"type", "mcp"}, {"connector_id", "connector_x"}}}}}},
      {"container", {{"tools", {{{"type", "code_interpreter"}, {"container", "cntr_1"}}}}}},
      {"url", part({{"type", "image_url"},
                    {"image_url", {{"url", "https://generativelanguage.googleapis.com/v1beta/files/1"}}}})},
      {"url",
       part({{"type", "image_url"}, {"image_url", {{"url", "HTTPS://u@GenerativeLanguage.googleapis.com:443/x"}}}})},
      {"url", part({{"type", "image_url"}, {"image_url", {{"url", "gs://bucket/file"}}}})},
      {"audio.id",
       {{"messages",
         {{{"role", "assistant"}, {"audio", {{"id", "audio_1"}}}}, {{"role", "user"}, {"content", "x"}}}}}}};
  for (const auto& [name, more] : cases) {
    KeysGateway keys;
    const auto driver = keys.chat(keys.make(), request("gpt-4o", more));
    EXPECT_EQ(driver->reply.status, 400) << name << driver->transcript();
    EXPECT_EQ(driver->reply.error("param"), name);
    EXPECT_NE(driver->reply.error("message").find(name), std::string::npos);
    EXPECT_EQ(driver->calls(), 0U);
  }
}

TEST(AccountState, AnEscapedNameIsTheSameName) {
  KeysGateway keys;
  Driver driver(keys.gateway);
  keys.meet(driver);
  driver.request("POST /v1/messages", KeyWorld::with(keys.make()));
  keys.serve(driver);
  driver.event(
      EventKind::kRequestEnd, 0,
      R"({"model":"claude-sonnet-4-6","max_tokens":9,"messages":[{"role":"user","content":[{"type":"document",)"
      R"("source":{"type":"file","file\u005fid":"file_1"}}]}]})");
  EXPECT_EQ(driver.reply.status, 400) << driver.transcript();
  EXPECT_EQ(driver.calls(), 0U);
}

TEST(AccountState, DataOfTheClientsOwnToolsIsNotSearched) {
  KeysGateway keys;
  const Json body = {
      {"model", "claude-sonnet-4-6"},
      {"max_tokens", 10},
      {"metadata", {{"user_id", "u"}}},
      {"tools",
       {{{"name", "read"},
         {"input_schema", {{"type", "object"}, {"properties", {{"file_id", {{"type", "string"}}}}}}}}}},
      {"messages",
       {{{"role", "user"}, {"content", "gs://x and file_id"}},
        {{"role", "assistant"},
         {"content",
          {{{"type", "tool_use"},
            {"id", "toolu_1"},
            {"name", "read"},
            {"input", {{"file_id", "7"}, {"container", "c"}}}}}}},
        {{"role", "user"},
         {"content", {{{"type", "tool_result"}, {"tool_use_id", "toolu_1"}, {"content", "file_id"}}}}}}}};
  const auto driver = keys.chat(keys.make(), body, {}, kStartMs, "/v1/messages");
  EXPECT_EQ(driver->calls(), 1U) << driver->transcript();
}

TEST(AccountState, TheMasterKeyMayUseIt) {
  KeysGateway keys;
  const auto driver = keys.chat(kClientKey, request("gpt-4o", {{"store", true}}));
  ASSERT_EQ(driver->calls(), 1U);
  EXPECT_EQ(Json::parse(driver->fetches[0].body)["store"], true);
}

TEST(AccountState, HeadersThatChooseAnAccountGoUpForTheMasterKeyOnly) {
  KeysGateway keys;
  const Headers headers = {{"openai-organization", "org-x"}, {"openai-project", "p"}};
  const auto of_key = keys.chat(keys.make(), request("gpt-4o"), headers);
  const auto of_master = keys.chat(kClientKey, request("gpt-4o"), headers);
  ASSERT_EQ(of_key->calls() + of_master->calls(), 2U);
  EXPECT_FALSE(of_key->fetches[0].headers.contains("openai-organization"));
  EXPECT_FALSE(of_key->fetches[0].headers.contains("openai-project"));
  EXPECT_EQ(of_master->fetches[0].headers["openai-organization"], "org-x");
}

TEST(AccountState, CountingTokensRefusesItToo) {
  KeysGateway keys;
  const Json body = {{"model", "claude-sonnet-4-6"},
                     {"container", "container_1"},
                     {"messages", {{{"role", "user"}, {"content", "hi"}}}}};
  const auto driver = keys.chat(keys.make(), body, {}, kStartMs, "/v1/messages/count_tokens");
  EXPECT_EQ(driver->reply.status, 400);
  EXPECT_EQ(driver->calls(), 0U);
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
