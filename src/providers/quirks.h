// What is special about a host that speaks OpenAI's format. An entry of ONELLM_PROVIDERS has the same members;
// hosts.cpp has the rows of hosts that are known.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dialects/host_rules.h"

namespace onellm::providers {

struct Quirks {
  bool native = false;       // It needs no normalising: what it says passes to the byte.
  bool stream_usage = true;  // false: never send stream_options.
  bool echoes = true;        // false: messages may have no members but those that its API documents.
  bool tool_images = true;   // false: messages of tools may hold nothing but text.
  dialects::ToolCallIds tool_call_ids = dialects::ToolCallIds::kAny;
  std::vector<std::string> drop = {};                            // Parameters that it does not get.
  std::vector<std::string> pass = {};                            // Parameters of OpenAI's alone that it gets.
  std::vector<std::pair<std::string, std::string>> rename = {};  // OpenAI's name, the host's.
};

// The quirks of the host at `base`, a URL; those of an unknown host are the defaults. A host is known by its name,
// also where a proxy carries that name as a segment of the path: `https://proxy.example/api.mistral.ai/v1`.
[[nodiscard]] const Quirks& known_quirks(std::string_view base);

}  // namespace onellm::providers
