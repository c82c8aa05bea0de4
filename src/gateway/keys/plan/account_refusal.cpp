#include "gateway/keys/plan/account_refusal.h"

#include <string>
#include <string_view>
#include <utility>

#include "dialects/request_facts.h"

namespace onellm::gateway {

namespace {

std::string_view reason_of(dialects::AccountUse use) {
  switch (use) {
    case dialects::AccountUse::kNames:
      return " names what is stored at the provider, and that is the master key's alone. Send the content itself.";
    case dialects::AccountUse::kStores:
      return " must be false: what is stored at the provider is the master key's alone.";
    case dialects::AccountUse::kMoreModels:
      return " is not possible beside model: fallbacks are written as `a|b` there.";
  }
  return {};
}

std::optional<Error> refusal_of(std::optional<dialects::AccountState> found) {
  if (!found) return std::nullopt;
  Error error{.kind = ErrorKind::kBadRequest, .param = std::move(found->member)};
  error.message = error.param + std::string(reason_of(found->use));
  return error;
}

}  // namespace

std::optional<Error> refuse_account_state(const Caller& caller, const json::Buffer& body) {
  if (caller.is_master) return std::nullopt;
  const bool has_budget = caller.record != nullptr && caller.record->max_budget;
  return refusal_of(dialects::find_account_state(body, caller.is_limited_to_models() || has_budget));
}

std::optional<Error> refuse_state_within(const Caller& caller, const json::Buffer& body) {
  if (caller.is_master) return std::nullopt;
  return refusal_of(dialects::find_account_state(body, false, dialects::BodyOf::kGateway));
}

}  // namespace onellm::gateway
