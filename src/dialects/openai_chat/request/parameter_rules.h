// Decides for each top-level parameter, and for the messages, how to send them to a host that speaks OpenAI's format:
// unchanged, left out, under another name, or in a newer form.
//
// Rule: Everything left out is reported as dropped, unless leaving it out changes nothing for the client.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "chat/request.h"
#include "dialects/dialect.h"
#include "dialects/openai_chat/echoes/echoes.h"
#include "dialects/openai_chat/request/family_edits.h"
#include "dialects/openai_chat/request/splice/host_edits.h"
#include "dialects/openai_chat/request/splice/member_edit.h"
#include "dialects/openai_chat/request/splice/messages/part_edits.h"
#include "dialects/openai_chat/request/splice/messages/tool_call_edits.h"
#include "dialects/openai_chat/request/splice/thinking_edits.h"

namespace onellm::dialects::openai_chat {

// How to change the messages.
struct MessageRules {
  std::string_view system_as = {};     // New role of system messages; empty: unchanged.
  std::string_view developer_as = {};  // New role of developer messages; empty: unchanged.
  bool renew_functions = false;        // Deprecated function_call and role `function` become tool calls and results.
  EchoSet cut = 0;                     // Echoed members that the host refuses.
  bool cut_idle_reasoning = false;     // Cut reasoning_content of answers without tool calls.
  bool cut_names = false;              // Cut `name` of messages.
  bool cut_cache_marks = false;        // Cut every cache_control.
  ContentForm content = ContentForm::kAny;
  ToolCallRules calls = {};
  ToolCallIds call_ids = ToolCallIds::kAny;
  PartRules parts = {};
};

class ParameterRules {
 public:
  // Both arguments must outlive this object.
  ParameterRules(const chat::Request& request, const EncodeOptions& options);
  ParameterRules(const ParameterRules&) = delete;
  ParameterRules& operator=(const ParameterRules&) = delete;

  // `member` is a member of the request and `row` the row of its key. Not for members that settings cannot change.
  // Views in the result live as long as the request and the options.
  [[nodiscard]] MemberEdit edit_of(const chat::SourceMember& member, const ParameterRow& row) const;

  // True if settings drop that parameter for the host.
  [[nodiscard]] bool is_dropped_by_settings(json::RawString key) const;

  // The member by which the host limits the output; empty: settings drop it.
  [[nodiscard]] std::string_view output_limit() const;

  [[nodiscard]] MessageRules for_messages() const;

 private:
  [[nodiscard]] std::string_view left_out_as(json::RawString key, const ParameterRow& row) const;
  [[nodiscard]] std::string_view new_key(json::RawString key, ParameterKind kind) const;
  [[nodiscard]] const chat::SourceMember* holder_of(std::string_view key) const;
  [[nodiscard]] EchoSet refused_echoes() const;
  [[nodiscard]] bool is_taken_by_another(json::RawString null_key) const;
  [[nodiscard]] MemberEdit rename(const chat::SourceMember& member, ParameterKind kind, std::string_view key) const;

  const chat::Request& request_;
  const std::vector<chat::SourceMember>& members_;  // Of the source; none if it is in another dialect.
  const HostRules& host_;
  const models::Contract& contract_;
  const bool changes_nothing_;
  FamilyEdits family_;
  ThinkingEdits thinking_edits_;
  HostEdits host_edits_;  // Refers to thinking_edits_.
  const bool renews_functions_;
};

}  // namespace onellm::dialects::openai_chat
