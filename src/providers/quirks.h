// Quirks: how a host of OpenAI's format differs from OpenAI. hosts.h has the table of known hosts.
//
// Rule: an entry of ONELLM_PROVIDERS may set the same members, except `maker`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dialects/common/request/host_rules.h"
#include "models/contract.h"

namespace onellm::providers {

struct Quirks {
  bool native = false;       // Its replies need no correction: their bytes are passed on unchanged.
  bool stream_usage = true;  // false: never send stream_options.
  bool echoes = true;        // false: messages may have only members that its API documents.
  // Whether tool messages may have more than text. Not known: a client of OpenAI's format knows its host; what a client
  // of another format sends is moved to a message of the user.
  std::optional<bool> tool_images = std::nullopt;
  bool names = true;        // false: messages may have no `name`.
  bool cache_marks = true;  // false: it does not know cache_control.
  dialects::ToolCallIds tool_call_ids = dialects::ToolCallIds::kAny;
  dialects::ToolNameForm tool_names = dialects::ToolNameForm::kAny;
  dialects::ContentForm content = dialects::ContentForm::kAny;
  dialects::ThinkingSwitch thinking = dialects::ThinkingSwitch::kNone;
  dialects::HostForce forced_tools = dialects::HostForce::kAny;
  bool force_while_thinking = true;  // false: no forced tool choice while the model thinks.
  bool repeated_roles = true;        // false: messages of user and assistant must alternate, after those of system.
  bool repeated_tools = true;        // false: two tools may not have one name.
  dialects::FormatSet formats = dialects::kAllFormats;
  int64_t choices_max = 0;                                       // Highest `n`; 0: not known.
  int64_t stops_max = 0;                                         // Most stop texts; 0: not known.
  int64_t temperature_tenths_max = 0;                            // Highest temperature times ten; 0: not known.
  models::Maker maker = models::Maker::kNone;                    // Whose naming scheme its models follow.
  std::vector<std::string> drop = {};                            // Parameters that are not sent to it.
  std::vector<std::string> pass = {};                            // Parameters only OpenAI has that are sent to it.
  std::vector<std::pair<std::string, std::string>> rename = {};  // OpenAI's name, the host's name.

  bool operator==(const Quirks&) const = default;
};

}  // namespace onellm::providers
