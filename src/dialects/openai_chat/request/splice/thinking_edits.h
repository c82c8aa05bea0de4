// Edits the members that turn a model's thinking on or off, for a host that speaks OpenAI's format. The host has its
// own switch (ThinkingSwitch), and clients write the wish in many forms (reasoning_wish.h).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "chat/request.h"
#include "dialects/common/request/host_rules.h"
#include "dialects/common/request/reasoning_wish.h"
#include "dialects/openai_chat/request/splice/member_edit.h"
#include "models/contract.h"

namespace onellm::dialects::openai_chat {

// What to do about a forced tool choice, at a host that refuses it while the model thinks.
enum class ForcedCall : uint8_t {
  kAsWritten,   // The model does not think.
  kUnthinking,  // The model would think, but the client did not ask for it: switch it off for this request.
  kLowered,     // The client wants the model to think, or the model always does: the choice becomes "auto".
};

class ThinkingEdits {
 public:
  // All arguments must outlive this object.
  ThinkingEdits(const chat::Request& request, const HostRules& host, const models::Contract& contract);

  // `key` as written in the text; `value` is not null. An empty edit: the host accepts the member unchanged. Apply it
  // before the edits for the model (FamilyEdits).
  [[nodiscard]] MemberEdit edit_of(json::RawString key, json::Raw value) const;
  // True of a null member whose name another member gets.
  [[nodiscard]] bool takes_place_of(json::RawString null_key) const;

  [[nodiscard]] ForcedCall forced_call() const { return forced_call_; }
  // For kUnthinking: the member that switches thinking off, `"thinking":{"type":"disabled"}`.
  [[nodiscard]] std::string off_member() const;

 private:
  enum class Switch : uint8_t { kUntouched, kOff, kOn, kStuck };

  [[nodiscard]] bool has_switch() const { return form_ == ThinkingSwitch::kType || form_ == ThinkingSwitch::kEnable; }
  [[nodiscard]] Switch read_switch() const;
  [[nodiscard]] ForcedCall read_forced_call() const;
  [[nodiscard]] MemberEdit drop_foreign_key(json::RawString key) const;
  [[nodiscard]] MemberEdit become_switch(json::RawString key, json::Raw value) const;
  [[nodiscard]] MemberEdit edit_for_effort(json::RawString key) const;
  [[nodiscard]] std::string switch_value(bool is_on) const;

  const chat::Request& request_;
  const models::Contract& contract_;
  ThinkingSwitch form_;  // The form for this host and model.
  ReasoningWish wish_;
  json::Raw own_;  // The host's own member, if the client sent it; else empty.
  Switch switch_ = Switch::kUntouched;
  std::string_view carrier_;  // The client's member that becomes the host's own key.
  ForcedCall forced_call_ = ForcedCall::kAsWritten;
};

}  // namespace onellm::dialects::openai_chat
