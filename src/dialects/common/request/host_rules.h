// What a host that speaks OpenAI's format takes of it. One format, many hosts: OpenAI itself refuses by
// model (models/), Azure by version of its API, the others know but a part of it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace onellm::dialects {

enum class HostMapping : uint8_t {
  kAsWritten,   // The host takes what the client wrote, or names itself what it does not like.
  kOpenAi,      // OpenAI, and Azure's deployments of its models: by family and version.
  kCompatible,  // Another host: what only OpenAI has is left out, the forms that it replaced are renewed.
};

// What ids of tool calls a host takes in the messages of a conversation.
enum class ToolCallIds : uint8_t {
  kAny,
  kNine,  // Nine letters and digits.
};

// What names of tools an API takes (tool_names.h).
enum class ToolNameForm : uint8_t {
  kAny,
  kPlain,        // Letters, digits, `_` and `-`, 64 at most.
  kLetterFirst,  // The same, a letter first.
  kClaude,       // As kPlain, 128 at most.
  kGoogle,       // Also `.` and `:`, a letter or `_` first, 128 at most.
};

// What the content of a message may be.
enum class ContentForm : uint8_t {
  kAny,
  kFilled,  // Never null or left out.
  kText,    // Nor an array that holds nothing but texts: those become one.
};

// How a model is kept from thinking, or made to think, where the host has no effort "none".
enum class ThinkingSwitch : uint8_t {
  kNone,    // As the client wrote it.
  kType,    // {"thinking":{"type":"disabled"}}, or "enabled".
  kEnable,  // {"enable_thinking":false}, or true; {"thinking_budget":n}.
  kEffort,  // reasoning_effort alone; every other key is refused.
};

// Which choices of tools that make the model call one a host takes.
enum class HostForce : uint8_t { kAny, kNamed, kNone };

// The types of response_format besides "text"; a set.
using FormatSet = uint8_t;
inline constexpr FormatSet kJsonObjects = 1;
inline constexpr FormatSet kJsonSchemas = 2;
inline constexpr FormatSet kAllFormats = kJsonObjects | kJsonSchemas;

// Views of settings, which live longer than any request.
struct HostRules {
  HostMapping mapping = HostMapping::kAsWritten;
  std::string_view api_version = {};  // Of Azure, a date; "v1", "preview" and empty are the newest. Of Anthropic.
  bool tools_give_text = false;       // kCompatible: messages of tools may hold nothing but text.
  bool takes_no_echoes = false;       // kCompatible: messages may have no members but those that its API documents.
  ToolCallIds tool_call_ids = ToolCallIds::kAny;
  ToolNameForm tool_names = ToolNameForm::kAny;
  bool takes_names = true;        // kCompatible, and what follows: `name` of messages.
  bool takes_cache_marks = true;  // cache_control of parts, messages, tools and calls.
  ContentForm content = ContentForm::kAny;
  ThinkingSwitch thinking = ThinkingSwitch::kNone;
  HostForce forced_tools = HostForce::kAny;
  FormatSet formats = kAllFormats;
  int64_t choices_max = 0;             // Of `n`; 0: not known.
  int64_t stops_max = 0;               // Of the texts of `stop`; 0: not known.
  int64_t temperature_tenths_max = 0;  // 0: not known.
  std::string_view place = {};  // kOpenAi: of several places of one model, this one: its reasoning is sealed to it.

  // What settings say of this host, whatever the mapping. Names of top-level parameters; `drop` and `pass`
  // mean members of that name that clients echo in messages, too.
  std::span<const std::string> drop = {};                            // Left out.
  std::span<const std::string> pass = {};                            // Sent although kCompatible leaves it out.
  std::span<const std::pair<std::string, std::string>> rename = {};  // OpenAI's name, the host's.
};

}  // namespace onellm::dialects
