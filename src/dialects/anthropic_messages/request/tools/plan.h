// Which tools Claude gets and whether it must call one: from tools, functions, tool_choice, response_format
// and web_search_options.
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
  std::string parameters = {};   // With other names than the tool's own; empty: as they are.
  bool is_strict = false;        // It is called by its schema to the letter.
  json::Raw cache_control = {};  // Empty: the cache does not end here.
};

struct ToolPlan {
  std::vector<PlannedTool> tools;
  std::vector<json::RawString> past_tools;  // Only named, where the request has none but earlier turns call some.
  json::Raw web_search;                     // Empty: not asked for.
  std::string text_tool;                    // Stands in for the format of the reply; empty: none needed.
  std::string text_schema;                  // As PlannedTool::parameters.
  ToolForce force = ToolForce::kUnsaid;
  json::RawString forced;  // kNamed
  json::RawString wished;  // It cannot be forced, and must not be the only one: it is asked for in words. Or empty.
  bool one_at_a_time = false;
};

// True where the reply must follow a schema that the model does not take, so that a tool has to.
[[nodiscard]] bool needs_text_tool(const RequestDraft& draft);

// May turn thinking off that nobody asked for, where it would keep a tool from being forced.
[[nodiscard]] ToolPlan plan_tools(RequestDraft& draft, ThinkingPlan& thinking);

// Writes `tools` and `tool_choice`.
void write_tools(const ToolPlan& plan, const RequestDraft& draft, SplicedText& body, json::ObjectWriter& object);

}  // namespace onellm::dialects::anthropic_messages
