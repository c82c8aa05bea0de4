// What is special about a host that speaks OpenAI's format. An entry of ONELLM_PROVIDERS has the same members;
// hosts.cpp has the rows of hosts that are known.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dialects/common/request/host_rules.h"
#include "models/contract.h"

namespace onellm::providers {

struct Quirks {
  bool native = false;       // It needs no normalising: what it says passes to the byte.
  bool stream_usage = true;  // false: never send stream_options.
  bool echoes = true;        // false: messages may have no members but those that its API documents.
  bool tool_images = true;   // false: messages of tools may hold nothing but text.
  bool names = true;         // false: messages may have no `name`.
  bool cache_marks = true;   // false: it knows no cache_control.
  dialects::ToolCallIds tool_call_ids = dialects::ToolCallIds::kAny;
  dialects::ToolNameForm tool_names = dialects::ToolNameForm::kAny;
  dialects::ContentForm content = dialects::ContentForm::kAny;
  dialects::ThinkingSwitch thinking = dialects::ThinkingSwitch::kNone;
  dialects::HostForce forced_tools = dialects::HostForce::kAny;
  dialects::FormatSet formats = dialects::kAllFormats;
  int64_t choices_max = 0;                                       // Of `n`; 0: not known.
  int64_t stops_max = 0;                                         // Of texts to stop at; 0: not known.
  int64_t temperature_tenths_max = 0;                            // 0: not known.
  models::Maker maker = models::Maker::kNone;                    // Whose names its models have; not for settings.
  std::vector<std::string> drop = {};                            // Parameters that it does not get.
  std::vector<std::string> pass = {};                            // Parameters of OpenAI's alone that it gets.
  std::vector<std::pair<std::string, std::string>> rename = {};  // OpenAI's name, the host's.
};

// The quirks of the host at `base`, a URL; those of an unknown host are the defaults. A host is known by its name,
// also where a proxy carries that name as a segment of the path: `https://proxy.example/api.mistral.ai/v1`.
[[nodiscard]] const Quirks& known_quirks(std::string_view base);

}  // namespace onellm::providers
