// Edits top-level parameters that a model or a version of Azure's API refuses or needs in another form.
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
  // All arguments must outlive this object.
  FamilyEdits(const chat::Request& request, const HostRules& host, const models::Contract& contract);

  // `key` as written in the text; `value` is not null.
  [[nodiscard]] MemberEdit edit_of(json::RawString key, const ParameterRow& row, json::Raw value) const;

  // The other name under which to send the token limit; empty: keep this name, or the model takes neither.
  [[nodiscard]] std::string_view other_limit(ParameterKind kind) const;
  // The model's own token limit, if `value` is above it; else empty.
  [[nodiscard]] std::string lowered_limit(json::Raw value) const;

  // True if another member becomes `reasoning_effort`. A null `reasoning_effort` must then be cut.
  [[nodiscard]] bool has_effort_from_elsewhere() const { return !carrier_.empty(); }
  // True if the API version is older than the role `developer`.
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
  const bool translates_wishes_;  // Reasoning keys of other APIs become `reasoning_effort`.
  ReasoningWish wish_;
  std::string_view carrier_;  // The member that becomes `reasoning_effort`; empty: none.
  bool reasons_ = false;
};

}  // namespace onellm::dialects::openai_chat
