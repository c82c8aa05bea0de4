// By what requests of this dialect name things that are stored in an account (common/request_facts/account_members.h).
#pragma once

#include "dialects/common/request_facts/account_members.h"

namespace onellm::dialects::anthropic_messages {

// Lives as long as the program.
[[nodiscard]] const AccountMembers& account_members();

}  // namespace onellm::dialects::anthropic_messages
