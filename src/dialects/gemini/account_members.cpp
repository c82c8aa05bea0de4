#include "dialects/gemini/account_members.h"

#include <string_view>

namespace onellm::dialects::gemini {

namespace {

// https://ai.google.dev/api/caching, https://ai.google.dev/gemini-api/docs/file-search. The API takes each name in both
// spellings.
constexpr std::string_view kStored[] = {"fileId", "cachedContent", "cached_content", "fileSearchStoreNames",
                                        "file_search_store_names"};

// https://ai.google.dev/gemini-api/docs/files: `fileUri` and the like.
constexpr std::string_view kAddressSuffixes[] = {"uri"};
constexpr std::string_view kFileHosts[] = {"generativelanguage.googleapis.com"};
constexpr std::string_view kFileSchemes[] = {"gs:"};

constexpr std::string_view kOwnData[] = {"parametersJsonSchema", "responseSchema", "responseJsonSchema", "args",
                                         "response"};

}  // namespace

const AccountMembers& account_members() {
  static constexpr AccountMembers kMembers = {.stored = kStored,
                                              .address_suffixes = kAddressSuffixes,
                                              .file_hosts = kFileHosts,
                                              .file_schemes = kFileSchemes,
                                              .own_data = kOwnData};
  return kMembers;
}

}  // namespace onellm::dialects::gemini
