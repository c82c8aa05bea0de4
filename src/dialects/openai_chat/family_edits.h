// What OpenAI's families of models, and Azure's versions of the API, refuse or want otherwise of the
// top-level parameters.
#pragma once

#include <string_view>

#include "chat/request.h"
#include "dialects/host_rules.h"
#include "dialects/openai_chat/member_edit.h"
#include "dialects/openai_chat/parameter_kind.h"
#include "models/contract.h"

namespace onellm::dialects {

class FamilyEdits {
 public:
  // `contract` must outlive it.
  FamilyEdits(const chat::Request& request, const HostRules& host, const models::Contract& contract);

  // `value` is not null.
  [[nodiscard]] MemberEdit edit_of(const ParameterRow& row, json::Raw value) const;

  // The name by which the limit of tokens goes where it is not this one; empty: this one, or neither.
  [[nodiscard]] std::string_view other_limit(ParameterKind kind) const;

  // Before the role developer.
  [[nodiscard]] bool is_before_developers() const;

 private:
  [[nodiscard]] bool is_older_than(std::string_view date) const;
  [[nodiscard]] bool takes_tier(json::RawString tier) const;
  [[nodiscard]] bool takes_sampling(const ParameterRow& row, json::Raw value) const;
  [[nodiscard]] MemberEdit edit_effort(const ParameterRow& row, json::Raw value) const;

  const models::Contract& contract_;
  std::string_view api_version_;
  bool reasons_ = false;
};

}  // namespace onellm::dialects
