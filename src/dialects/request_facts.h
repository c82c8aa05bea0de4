// What the gateway must know of a request's body without understanding it: whether it names things that are stored in
// an account at a provider, and what it says about its cost.
//
// Rule: the names of all dialects count in every body, since a host of one dialect may understand those of another.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "dialects/common/request_facts/account_search.h"
#include "dialects/common/request_facts/cost_facts.h"
#include "json/buffer.h"

namespace onellm::dialects {

// As the function of that name in account_search.h.
[[nodiscard]] std::optional<AccountState> find_account_state(const json::Buffer& body, bool one_model,
                                                             BodyOf body_of = BodyOf::kClient);

// As the function of that name in cost_facts.h.
[[nodiscard]] CostFacts read_cost_facts(const json::Buffer& body, std::span<const std::string_view> limits);

}  // namespace onellm::dialects
