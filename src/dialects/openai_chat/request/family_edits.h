// What a model, and Azure's versions of the API, refuse or want otherwise of the top-level parameters.
#pragma once

#include <string>
#include <string_view>

#include "chat/request.h"
#include "dialects/common/request/host_rules.h"
#include "dialects/common/request/reasoning_wish.h"
#include "dialects/openai_chat/request/parameter_kind.h"
#include "dialects/openai_chat/request/splice/member_edit.h"
#include "models/contract.h"

namespace onellm::dialects::openai_chat {

class FamilyEdits {
 public:
  // All must outlive it.
  FamilyEdits(const chat::Request& request, const HostRules& host, const models::Contract& contract);

  // `key` as it stands in the text; `value` is not null.
  [[nodiscard]] MemberEdit edit_of(json::RawString key, const ParameterRow& row, json::Raw value) const;

  // The name by which the limit of tokens goes where it is not this one; empty: this one, or neither.
  [[nodiscard]] std::string_view other_limit(ParameterKind kind) const;
  // The limit of tokens where it is beyond the model's own; empty: it is not.
  [[nodiscard]] std::string lowered_limit(json::Raw value) const;

  // True where another member becomes `reasoning_effort`, so that a null of that name has to go.
  [[nodiscard]] bool has_effort_from_elsewhere() const { return !carrier_.empty(); }
  // Before the role developer.
  [[nodiscard]] bool is_before_developers() const;

 private:
  [[nodiscard]] bool is_older_than(std::string_view date) const;
  [[nodiscard]] bool takes_tier(json::RawString tier) const;
  [[nodiscard]] bool takes_sampling(const ParameterRow& row, json::Raw value) const;
  [[nodiscard]] MemberEdit edit_effort(const ParameterRow& row, json::Raw value) const;
  [[nodiscard]] MemberEdit edit_wish(json::RawString key) const;
  [[nodiscard]] MemberEdit edit_choice() const;
  [[nodiscard]] MemberEdit edit_limit(const ParameterRow& row, json::Raw value) const;

  const chat::Request& request_;
  const models::Contract& contract_;
  const std::string_view api_version_;
  const bool translates_wishes_;  // Keys of other APIs that say how to reason become `reasoning_effort`.
  ReasoningWish wish_;
  std::string_view carrier_;  // The member that does; empty: none.
  bool reasons_ = false;
};

}  // namespace onellm::dialects::openai_chat
