// Finds what a request says about things that are stored in an account at a provider (account_members.h).
//
// Rule: data of the client's own tools (their schemas, inputs and results) is not searched.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "dialects/common/request_facts/account_members.h"
#include "json/buffer.h"

namespace onellm::dialects {

enum class AccountUse : uint8_t {
  kNames,       // It names something that is stored.
  kStores,      // It asks for the answer to be stored.
  kMoreModels,  // It names models in a second place.
};

// Whose body it is. What stands at the top of one that the gateway has written is the gateway's own, such as PaLM's
// `prompt`.
enum class BodyOf : uint8_t { kClient, kGateway };

struct AccountState {
  AccountUse use = AccountUse::kNames;
  std::string member;  // The name of the member, or the path of an item's id.
};

// The first such member of a request's body, with the names of all `tables`; nullopt: there is none. `body` is valid
// JSON. kMoreModels is found only if `one_model`: the request may name models in one place only.
[[nodiscard]] std::optional<AccountState> find_account_state(const json::Buffer& body,
                                                             std::span<const AccountMembers* const> tables,
                                                             bool one_model, BodyOf body_of = BodyOf::kClient);

}  // namespace onellm::dialects
