// Plans which tools Claude gets and whether it must call one. Inputs: tools, functions, tool_choice, response_format
// and web_search_options.
//
// A text tool is a tool of ours whose arguments are the answer in the wanted format. It is used for models that cannot
// be held to a JSON Schema otherwise.
// https://docs.claude.com/en/docs/agents-and-tools/tool-use/implement-tool-use
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "chat/request.h"
#include "dialects/anthropic_messages/request/draft.h"
#include "dialects/anthropic_messages/request/thinking_plan.h"
#include "dialects/common/splice/spliced_text.h"
#include "json/writer.h"

namespace onellm::dialects::anthropic_messages {

enum class ToolForce : uint8_t { kUnsaid, kNone, kAuto, kAny, kNamed };

struct PlannedTool {
  const chat::Tool* tool;
  std::string parameters = {};   // The parameters with new names; empty: none was renamed.
  bool is_strict = false;        // The API enforces the schema of the parameters.
  json::Raw cache_control = {};  // Empty: no cache breakpoint here.
};

struct ToolPlan {
  std::vector<PlannedTool> tools;
  std::vector<json::RawString> past_tools;  // Tools that earlier turns called, if the request itself has no tools.
  json::Raw web_search;                     // Empty: not requested.
  std::string text_tool;                    // Name of the text tool; empty: not needed.
  std::string text_schema;                  // Its schema with new names; empty: none was renamed.
  ToolForce force = ToolForce::kUnsaid;
  json::RawString forced;  // kNamed
  json::RawString wished;  // A tool that the API cannot force: an instruction asks for its call. Empty: none.
  bool one_at_a_time = false;
};

// True if the reply must follow a schema and only a text tool can enforce it.
[[nodiscard]] bool needs_text_tool(const RequestDraft& draft);

// True if Claude's provider runs one of the planned tools itself, besides `web_search`.
[[nodiscard]] bool has_hosted_tools(const ToolPlan& plan);

// May turn off thinking that the client did not ask for, if a tool cannot be forced with it.
[[nodiscard]] ToolPlan plan_tools(RequestDraft& draft, ThinkingPlan& thinking);

// Writes `tools` and `tool_choice`.
void write_tools(const ToolPlan& plan, const RequestDraft& draft, SplicedText& body, json::ObjectWriter& object);

}  // namespace onellm::dialects::anthropic_messages
