// Tools that Anthropic has defined and that the client runs: a model of another provider gets them as functions.
// https://docs.claude.com/en/docs/agents-and-tools/tool-use/bash-tool, …/text-editor-tool, …/memory-tool
#pragma once

#include <string_view>

#include "json/raw.h"

namespace onellm::dialects::anthropic_messages {

struct ClientTool {
  std::string_view kind;         // Its type without the date.
  std::string_view name;         // What the client may leave out.
  std::string_view description;  // The inside of a JSON string, as is the name.
  std::string_view parameters;   // A JSON Schema.
};

// The type without its date: `web_search_20250305` is a `web_search`.
[[nodiscard]] std::string_view kind_of_tool(std::string_view type);

// nullptr if the client does not run tools of that kind, or nothing is known of them.
[[nodiscard]] const ClientTool* find_client_tool(std::string_view kind);

}  // namespace onellm::dialects::anthropic_messages
