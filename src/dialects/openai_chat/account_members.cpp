#include "dialects/openai_chat/account_members.h"

#include <string_view>

namespace onellm::dialects::openai_chat {

namespace {

// https://platform.openai.com/docs/api-reference/chat/create
constexpr std::string_view kStored[] = {"file_id", "file_ids"};
constexpr std::string_view kStoredById[] = {"audio"};  // The sound of an earlier answer.
constexpr std::string_view kStores[] = {"store"};

constexpr std::string_view kAddresses[] = {"file_data"};
constexpr std::string_view kAddressSuffixes[] = {"url"};
constexpr std::string_view kPageHosts[] = {"api.openai.com"};
constexpr std::string_view kFilePaths[] = {"file", "upload", "container", "batch"};

// Further models: https://openrouter.ai/docs/features/model-routing, https://docs.litellm.ai/docs/proxy/reliability
constexpr std::string_view kModels[] = {"model"};
constexpr std::string_view kMoreModels[] = {"models", "fallbacks"};

constexpr std::string_view kMessages[] = {"messages"};
constexpr std::string_view kOwnData[] = {"parameters", "arguments", "schema", "json_schema", "properties", "metadata"};

}  // namespace

const AccountMembers& account_members() {
  static constexpr AccountMembers kMembers = {.stored = kStored,
                                              .stored_by_id = kStoredById,
                                              .stores = kStores,
                                              .addresses = kAddresses,
                                              .address_suffixes = kAddressSuffixes,
                                              .page_hosts = kPageHosts,
                                              .file_paths = kFilePaths,
                                              .models = kModels,
                                              .more_models = kMoreModels,
                                              .messages = kMessages,
                                              .own_data = kOwnData};
  return kMembers;
}

}  // namespace onellm::dialects::openai_chat
