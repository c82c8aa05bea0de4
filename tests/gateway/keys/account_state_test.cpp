// What is stored in the accounts at providers is the master key's alone.
#include <gtest/gtest.h>

#include "support/keys_gateway.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

Json request(const std::string& model, const Json& more = Json::object()) { return chat_request(model, false, more); }

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

// The check reads `input` in any dialect, so a chat body shows it.
TEST(AccountState, AnItemWithoutItsContentIsOneThatIsStored) {
  const char* const stored[] = {R"({"type":"item_reference","id":"msg_1"})",
                                R"({"type":"item_reference","id":"msg_1","x":0})",
                                R"({"type":"item_reference","id":"msg_1","content":"a"})",
                                R"({"id":"msg_1"})",
                                R"({"id":"msg_1","x":false})",
                                R"({"type":"image_generation_call","id":"ig_1","size":"1024x1024"})",
                                R"({"type":"message","role":"assistant","id":"msg_1","content":[]})",
                                R"({"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"x"}]})"};
  for (const std::string item : stored) {
    for (const std::string& input : {"[" + item + "]", item}) {
      KeysGateway keys;
      const auto driver = keys.chat(keys.make(), request("gpt-4o", {{"input", Json::parse(input)}}));
      EXPECT_EQ(driver->reply.status, 400) << input;
      EXPECT_EQ(driver->reply.error("param"), "input[0].id") << input;
    }
  }
  const char* const whole[] = {
      R"({"type":"message","role":"assistant","id":"msg_1","content":[{"type":"output_text","text":"x"}]})",
      R"({"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"x"})",
      R"({"type":"function_call","id":"fc_1","call_id":"c","name":"f","arguments":"{}"})",
      R"({"type":"function_call_output","id":"fco_1","call_id":"c","output":"x"})",
      R"({"type":"image_generation_call","id":"ig_1","result":"AAAA"})",
      R"({"role":"user","content":"hi"})"};
  for (const std::string item : whole) {
    KeysGateway keys;
    const auto driver = keys.chat(keys.make(), request("gpt-4o", {{"input", Json::parse("[" + item + "]")}}));
    EXPECT_NE(driver->reply.error("param"), "input[0].id") << item;
  }
}

TEST(AccountState, APromptThatTheGatewayHasWrittenIsNoTemplate) {
  KeysGateway keys(Json{{"PALM_API_KEY", "k"}, {"GEMINI_API_KEY", "k"}});
  for (const char* model : {"palm/chat-bison-001", "palm/text-bison-001"}) {
    const auto driver = keys.chat(keys.make(), request(model));
    EXPECT_EQ(driver->calls(), 1U) << driver->transcript();
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

}  // namespace
}  // namespace onellm::gateway::test
