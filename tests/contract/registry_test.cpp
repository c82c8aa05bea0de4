// The contract over the registry: every dialect that a built-in provider speaks, and the requests that each of these
// providers gets.
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "contract/contract.h"
#include "contract/providers.h"
#include "dialects/ids.h"
#include "providers/azure/azure.h"

namespace onellm::contract {
namespace {

using providers::Kind;
using providers::Provider;

// The folder of a dialect's fixtures; empty if it has none.
std::string folder_of(const dialects::Dialect& dialect) {
  static const std::pair<chat::DialectId, const char*> kFolders[] = {
      {dialects::kOpenaiChat, "openai_chat"},
      {dialects::kOpenaiResponses, "openai_responses"},
      {dialects::kAnthropicMessages, "anthropic_messages"},
      {dialects::kGemini, "gemini"},
      {dialects::kPalm, "palm"},
  };
  for (const auto& [id, folder] : kFolders) {
    if (dialect.id() == id) return std::string(folder) + "/contract";
  }
  return {};
}

// The kinds that make calls. Hosts of OpenAI's format that are built in have their tests in hosts_test.cpp.
std::vector<const Kind*> calling_kinds() {
  const Kind& compatible = providers::compatible_kind();
  std::vector<const Kind*> all = {&compatible};
  for (const Kind* kind : providers::kinds()) {
    if (kind->dialect != nullptr && kind->chat_endpoint != compatible.chat_endpoint) all.push_back(kind);
  }
  return all;
}

// The API for requests that the chat API refuses, such as those for OpenAI's o3-pro; null if the kind has none.
const providers::Api* other_api(const Kind& kind) {
  if (kind.other_api == nullptr) return nullptr;
  const json::Buffer body(read_request("text"));
  Result<chat::Request> request = dialects::openai_chat::decode_request(body);
  EXPECT_TRUE(request);
  const providers::Api* api = kind.other_api(models::contract_of(kind.maker, "o3-pro"), *request);
  EXPECT_NE(api, nullptr) << kind.name << ": give a model that needs its other API";
  return api;
}

std::vector<const dialects::Dialect*> all_dialects() {
  std::vector<const dialects::Dialect*> all;
  const auto add = [&all](const dialects::Dialect* dialect) {
    if (std::find(all.begin(), all.end(), dialect) == all.end()) all.push_back(dialect);
  };
  for (const Kind* kind : calling_kinds()) {
    add(kind->dialect);
    if (const providers::Api* api = other_api(*kind)) add(api->dialect);
  }
  return all;
}

class EveryDialect : public testing::TestWithParam<const dialects::Dialect*> {};
INSTANTIATE_TEST_SUITE_P(Contract, EveryDialect, testing::ValuesIn(all_dialects()), [](const auto& test) {
  const std::string folder = folder_of(*test.param);
  return folder.empty() ? "dialect_" + std::to_string(test.index) : folder.substr(0, folder.find('/'));
});

TEST_P(EveryDialect, KeepsTheContract) {
  const std::string folder = folder_of(*GetParam());
  ASSERT_NE(folder, "") << "its id has no folder of fixtures";
  run_contract(*GetParam(), folder);
}

class EveryKind : public testing::TestWithParam<const Kind*> {};
INSTANTIATE_TEST_SUITE_P(Contract, EveryKind, testing::ValuesIn(calling_kinds()),
                         [](const auto& test) { return std::string(test.param->name); });

TEST_P(EveryKind, GetsTheRequestsOfItsDialect) {
  const Kind& kind = *GetParam();
  Provider provider;
  provider.kind = &kind;
  provider.name = kind.name;
  provider.quirks = kind.quirks;
  provider.api_version =
      kind.setup == providers::Setup::kResources ? providers::kAzureApiVersionDefault : kind.version_default;
  expect_requests(provider, folder_of(*kind.dialect), provider.name);
}

}  // namespace
}  // namespace onellm::contract
