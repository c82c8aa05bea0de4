// Edits top-level parameters for a host that speaks OpenAI's format, by its row of quirks: ranges, response formats,
// forced tools, and how thinking is switched off.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "chat/request.h"
#include "dialects/common/request/host_rules.h"
#include "dialects/common/request/reasoning_wish.h"
#include "dialects/openai_chat/request/parameter_kind.h"
#include "dialects/openai_chat/request/splice/member_edit.h"
#include "models/contract.h"

namespace onellm::dialects::openai_chat {

class HostEdits {
 public:
  // All arguments must outlive this object.
  HostEdits(const chat::Request& request, const HostRules& host, const models::Contract& contract);

  // `key` as written in the text; `value` is not null. An empty edit: the host accepts the member unchanged.
  [[nodiscard]] MemberEdit edit_of(json::RawString key, const ParameterRow& row, json::Raw value) const;
  // The same for reasoning keys. Apply it before the edits for the model (FamilyEdits).
  [[nodiscard]] MemberEdit edit_thinking(json::RawString key, json::Raw value) const;

  // True if the host does not accept the request's tool choice.
  [[nodiscard]] bool refuses_choice() const;
  // True of a null member whose name another member gets.
  [[nodiscard]] bool takes_place_of(json::RawString null_key) const;

 private:
  enum class Switch : uint8_t { kUntouched, kOff, kOn, kStuck };

  [[nodiscard]] Switch read_switch() const;
  [[nodiscard]] MemberEdit drop_foreign_key(json::RawString key) const;
  [[nodiscard]] MemberEdit become_switch(json::RawString key, json::Raw value) const;
  [[nodiscard]] MemberEdit edit_for_effort(json::RawString key) const;
  [[nodiscard]] MemberEdit clamp_temperature(json::Raw value) const;
  [[nodiscard]] MemberEdit cut_stops(json::Raw value) const;
  [[nodiscard]] MemberEdit edit_format() const;
  [[nodiscard]] MemberEdit edit_tools(json::Raw value) const;
  [[nodiscard]] std::string switch_value() const;

  const chat::Request& request_;
  const HostRules& host_;
  const models::Contract& contract_;
  ThinkingSwitch form_;  // The form for this host and model.
  ReasoningWish wish_;
  bool has_own_ = false;  // The client sent the host's own key.
  Switch switch_ = Switch::kUntouched;
  std::string_view carrier_;  // The client's member that becomes the host's own key.
};

}  // namespace onellm::dialects::openai_chat
