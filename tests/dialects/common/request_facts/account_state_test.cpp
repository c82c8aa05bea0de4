#include <gtest/gtest.h>

#include "dialects/request_facts.h"

namespace onellm::dialects {
namespace {

// The name of what is found; empty: nothing is.
std::string found(std::string_view body, bool one_model = false) {
  const std::optional<AccountState> state = find_account_state(json::Buffer(body), one_model);
  return state ? state->member : "";
}

TEST(AccountState, NamesOfEveryDialectAreFound) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"previous_response_id":"resp_1"})", "previous_response_id"},
      {R"({"contents":[{"parts":[{"fileData":{"fileUri":"gs://bucket/x"}}]}]})", "fileUri"},
      {R"({"contents":[{"parts":[{"fileData":{"fileUri":"https://Generativelanguage.googleapis.com./v1/files/x"}}]}]})",
       "fileUri"},
      {R"({"tools":[{"fileSearch":{"fileSearchStoreNames":["stores/x"]}}]})", "fileSearchStoreNames"},
      {R"({"messages":[{"content":[{"type":"document","source":{"type":"file","file_id":"file_1"}}]}]})", "file_id"},
      {R"({"container":{"skills":[]}})", "container"},
      {R"({"tools":[{"type":"code_interpreter","container":{"id":"cntr_1"}}]})", "container"},
      {R"({"messages":[{"role":"assistant","audio":{"id":"audio_1"}}]})", "audio.id"},
      {R"({"prev\u0069ous_response_id":"resp_1"})", "previous_response_id"},
  };
  for (const auto& [body, name] : cases) EXPECT_EQ(found(body), name) << body;
}

TEST(AccountState, AnItemThatHasNothingButAnIdIsStored) {
  EXPECT_EQ(found(R"({"input":[{"role":"user","content":"x"},{"type":"item_reference","id":"msg_1"}]})"),
            "input[1].id");
  EXPECT_EQ(found(R"({"input":[{"type":"reasoning","id":"rs_1","summary":[]}]})"), "input[0].id");
  EXPECT_EQ(found(R"({"input":[{"type":"reasoning","id":"rs_1","encrypted_content":"x"}]})"), "");
  EXPECT_EQ(found(R"({"messages":[{"role":"user","id":"msg_1"}]})"), "") << "a message is no item";
}

TEST(AccountState, WhatIsEmptyOrOtherwiseUsedIsNotFound) {
  EXPECT_EQ(found(R"({"previous_response_id":null,"cachedContent":"","file_ids":[]})"), "");
  EXPECT_EQ(found(R"({"prompt":"a text of OpenAI's completions"})"), "");
  EXPECT_EQ(found(R"({"store":false,"tools":[{"type":"code_interpreter","container":{"type":"auto"}}]})"), "");
  EXPECT_EQ(found(R"({"messages":[{"content":[{"type":"image_url","image_url":{"url":"https://host.test/x"}}]}]})"),
            "");
}

TEST(AccountState, WhatIsStoredIsToldFromWhatAsksForStoring) {
  EXPECT_EQ(find_account_state(json::Buffer(R"({"store":true})"), false)->use, AccountUse::kStores);
  EXPECT_EQ(find_account_state(json::Buffer(R"({"thread":"x"})"), false)->use, AccountUse::kNames);
}

TEST(AccountState, ASecondPlaceThatNamesModelsIsFoundOnlyIfItMatters) {
  EXPECT_EQ(found(R"({"model":"a","models":["b"]})"), "");
  EXPECT_EQ(found(R"({"model":"a","models":["b"]})", true), "models");
  EXPECT_EQ(found(R"({"model":"a","mod\u0065l":"b"})", true), "model");
  EXPECT_EQ(find_account_state(json::Buffer(R"({"model":"a","fallbacks":[]})"), true)->use, AccountUse::kMoreModels);
}

TEST(AccountState, DataOfTheClientsOwnToolsIsNotSearched) {
  for (const char* body :
       {R"({"tools":[{"function":{"name":"f","parameters":{"properties":{"file_id":{"type":"string"}}}}}]})",
        R"({"messages":[{"content":[{"type":"tool_use","id":"t","name":"f","input":{"file_id":"7"}}]}]})",
        R"({"contents":[{"parts":[{"functionCall":{"name":"f","args":{"file_id":"7","url":"gs://x"}}}]}]})"}) {
    EXPECT_EQ(found(body), "") << body;
  }
}

}  // namespace
}  // namespace onellm::dialects
