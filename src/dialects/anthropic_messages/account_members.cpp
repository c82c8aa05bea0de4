#include "dialects/anthropic_messages/account_members.h"

#include <string_view>

namespace onellm::dialects::anthropic_messages {

namespace {

// https://docs.claude.com/en/docs/build-with-claude/files, https://docs.claude.com/en/api/messages
constexpr std::string_view kStored[] = {"file_id"};
constexpr std::string_view kStoredAtTop[] = {"container"};
constexpr std::string_view kAddressSuffixes[] = {"url"};
constexpr std::string_view kPageHosts[] = {"api.anthropic.com"};

// `input` of a call. At the top of the body of OpenAI's Responses API it is the conversation.
constexpr std::string_view kOwnData[] = {"input_schema", "input", "input_examples"};

}  // namespace

const AccountMembers& account_members() {
  static constexpr AccountMembers kMembers = {.stored = kStored,
                                              .stored_at_top = kStoredAtTop,
                                              .address_suffixes = kAddressSuffixes,
                                              .page_hosts = kPageHosts,
                                              .own_data = kOwnData};
  return kMembers;
}

}  // namespace onellm::dialects::anthropic_messages
