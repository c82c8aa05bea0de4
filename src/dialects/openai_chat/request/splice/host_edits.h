// Edits top-level parameters for a host that speaks OpenAI's format, by its row of quirks: ranges, response formats,
// tools and forced tools.
#pragma once

#include <string_view>

#include "chat/request.h"
#include "dialects/common/request/host_rules.h"
#include "dialects/openai_chat/request/parameter_kind.h"
#include "dialects/openai_chat/request/splice/member_edit.h"
#include "dialects/openai_chat/request/splice/thinking_edits.h"

namespace onellm::dialects::openai_chat {

class HostEdits {
 public:
  // All arguments must outlive this object.
  HostEdits(const chat::Request& request, const HostRules& host, const ThinkingEdits& thinking)
      : request_(request), host_(host), thinking_(thinking) {}

  // `key` as written in the text; `value` is not null. An empty edit: the host accepts the member unchanged.
  [[nodiscard]] MemberEdit edit_of(json::RawString key, const ParameterRow& row, json::Raw value) const;

  // The edit for a tool choice that is sent as `value`. `name` is the parameter to report if the choice is lowered.
  [[nodiscard]] MemberEdit edit_choice(std::string_view name, std::string_view value) const;

 private:
  [[nodiscard]] bool refuses_choice() const;
  [[nodiscard]] MemberEdit clamp_temperature(json::Raw value) const;
  [[nodiscard]] MemberEdit cut_stops(json::Raw value) const;
  [[nodiscard]] MemberEdit edit_format() const;

  const chat::Request& request_;
  const HostRules& host_;
  const ThinkingEdits& thinking_;
};

}  // namespace onellm::dialects::openai_chat
