// What becomes of each top-level parameter, and of the messages, on the way to a host that speaks OpenAI's
// format: it stays as it was written, is left out, or goes under another name or in a newer form.
//
// Rule: What is left out is named, unless that changes nothing for the client.
#pragma once

#include <string>
#include <string_view>

#include "chat/request.h"
#include "dialects/dialect.h"
#include "dialects/openai_chat/request/family_edits.h"
#include "dialects/openai_chat/request/splice/host_edits.h"
#include "dialects/openai_chat/request/splice/member_edit.h"
#include "dialects/openai_chat/request/splice/part_edits.h"
#include "dialects/openai_chat/request/splice/tool_call_edits.h"

namespace onellm::dialects::openai_chat {

// What is to happen to the messages.
struct MessageRules {
  std::string_view system_as = {};     // The role that messages of the system get; empty: their own.
  std::string_view developer_as = {};  // Likewise those of the developer.
  bool renew_functions = false;        // The deprecated function_call and role function become tool calls.
  chat::EchoSet cut = 0;               // Members that the host does not take back.
  bool cut_idle_reasoning = false;     // reasoning_content of answers that call no tool.
  bool cut_names = false;              // `name` of messages.
  bool cut_cache_marks = false;        // cache_control, wherever it stands.
  ContentForm content = ContentForm::kAny;
  ToolCallRules calls = {};
  ToolCallIds call_ids = ToolCallIds::kAny;
  PartRules parts = {};
};

class ParameterRules {
 public:
  // Both must outlive it.
  ParameterRules(const chat::Request& request, const EncodeOptions& options);

  // `member` is one of the request's, and `row` that of its key: not of those that settings cannot change.
  // The views in what comes out live as long as request and options.
  [[nodiscard]] MemberEdit edit_of(const chat::SourceMember& member, const ParameterRow& row) const;

  // True where settings say that the host does not get that parameter.
  [[nodiscard]] bool is_dropped_by_settings(json::RawString key) const;

  [[nodiscard]] MessageRules for_messages() const;

 private:
  [[nodiscard]] std::string_view left_out_as(json::RawString key, const ParameterRow& row) const;
  [[nodiscard]] std::string_view new_key(json::RawString key, ParameterKind kind) const;
  [[nodiscard]] const chat::SourceMember* holder_of(std::string_view key) const;
  [[nodiscard]] chat::EchoSet refused_echoes() const;
  [[nodiscard]] bool is_taken_by_another(json::RawString null_key) const;
  [[nodiscard]] MemberEdit rename(const chat::SourceMember& member, ParameterKind kind, std::string_view key) const;

  const chat::Request& request_;
  const HostRules& host_;
  const models::Contract& contract_;
  const bool changes_nothing_;
  FamilyEdits family_;
  HostEdits host_edits_;
  const bool renews_functions_;
};

}  // namespace onellm::dialects::openai_chat
