#include "dialects/request_facts.h"

#include "dialects/anthropic_messages/account_members.h"
#include "dialects/anthropic_messages/cost_members.h"
#include "dialects/gemini/account_members.h"
#include "dialects/gemini/cost_members.h"
#include "dialects/openai_chat/account_members.h"
#include "dialects/openai_chat/cost_members.h"
#include "dialects/openai_responses/account_members.h"
#include "dialects/openai_responses/cost_members.h"
#include "dialects/palm/cost_members.h"

namespace onellm::dialects {

std::optional<AccountState> find_account_state(const json::Buffer& body, bool one_model, BodyOf body_of) {
  static const AccountMembers* const kTables[] = {&openai_chat::account_members(), &openai_responses::account_members(),
                                                  &anthropic_messages::account_members(), &gemini::account_members()};
  return find_account_state(body, kTables, one_model, body_of);
}

CostFacts read_cost_facts(const json::Buffer& body, std::span<const std::string_view> limits) {
  static const CostMembers* const kTables[] = {&openai_chat::cost_members(), &openai_responses::cost_members(),
                                               &anthropic_messages::cost_members(), &gemini::cost_members(),
                                               &palm::cost_members()};
  return read_cost_facts(body, limits, kTables);
}

}  // namespace onellm::dialects
