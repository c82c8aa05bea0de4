// What requests of this dialect say about their cost (common/request_facts/cost_members.h).
#pragma once

#include "dialects/common/request_facts/cost_members.h"

namespace onellm::dialects::anthropic_messages {

// Lives as long as the program.
[[nodiscard]] const CostMembers& cost_members();

}  // namespace onellm::dialects::anthropic_messages
