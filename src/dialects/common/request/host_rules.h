// Which parts of OpenAI's format a host accepts. OpenAI itself refuses parameters by model (models/), Azure by API
// version; other hosts know only a part of the format.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace onellm::dialects {

enum class HostMapping : uint8_t {
  kAsWritten,   // Sent as the client wrote it. The host itself reports what it refuses.
  kOpenAi,      // OpenAI, and Azure's deployments of its models: edited by model family and API version.
  kCompatible,  // Another host: parameters that only OpenAI has are left out; deprecated forms become the newer ones.
};

// Which tool call ids a host accepts in messages.
enum class ToolCallIds : uint8_t {
  kAny,
  kNine,  // Exactly nine letters or digits.
};

// Which tool names an API accepts (tool_names.h).
enum class ToolNameForm : uint8_t {
  kAny,
  kPlain,        // Letters, digits, `_` and `-`; at most 64.
  kLetterFirst,  // As kPlain, with a letter first.
  kClaude,       // As kPlain; at most 128.
  kGoogle,       // Also `.` and `:`; a letter or `_` first; at most 128.
};

// Which content a message may have.
enum class ContentForm : uint8_t {
  kAny,
  kFilled,  // Not null, and never left out.
  kText,    // As kFilled, and an array of only texts becomes one text.
};

// How to switch a model's thinking off or on, for hosts without the effort "none".
enum class ThinkingSwitch : uint8_t {
  kNone,    // Sent as the client wrote it.
  kType,    // {"thinking":{"type":"disabled"}}, or "enabled".
  kEnable,  // {"enable_thinking":false}, or true; {"thinking_budget":n}.
  kEffort,  // Only reasoning_effort; the host refuses every other key.
};

// Which forced tool choices (the model must call a tool) a host accepts. kNamed: only one named tool.
enum class HostForce : uint8_t { kAny, kNamed, kNone };

// A set of response_format types, besides "text".
using FormatSet = uint8_t;
inline constexpr FormatSet kJsonObjects = 1;
inline constexpr FormatSet kJsonSchemas = 2;
inline constexpr FormatSet kAllFormats = kJsonObjects | kJsonSchemas;

// Every member counts for every mapping, unless noted; its default changes nothing.
// Holds views of settings, which outlive every request.
struct HostRules {
  HostMapping mapping = HostMapping::kAsWritten;
  std::string_view api_version = {};  // Azure: a date; "v1", "preview" and empty mean the newest. Also Anthropic's.
  bool tools_give_text = false;       // Tool messages may hold only text. kOpenAi: always so.
  bool tools_give_media = false;      // They are known to take images and files. Neither: not known.
  bool joins_tool_texts = false;      // Where media are taken out of a tool message, the texts become one string.
  bool takes_no_echoes = false;       // Messages may have only members that the host's API documents. Not for kOpenAi.
  ToolCallIds tool_call_ids = ToolCallIds::kAny;
  ToolNameForm tool_names = ToolNameForm::kAny;
  bool takes_names = true;        // `name` of messages.
  bool takes_cache_marks = true;  // `cache_control` of parts, messages, tools and calls.
  ContentForm content = ContentForm::kAny;
  ThinkingSwitch thinking = ThinkingSwitch::kNone;
  HostForce forced_tools = HostForce::kAny;
  bool forces_while_thinking = true;  // The model can be made to call a tool while it thinks.
  bool takes_repeated_roles = true;   // Two messages of one role in a row, and system messages after others.
  bool takes_repeated_tools = true;   // Two tools of one name.
  FormatSet formats = kAllFormats;
  int64_t choices_max = 0;             // Largest `n`; 0: unknown.
  int64_t stops_max = 0;               // Most texts in `stop`; 0: unknown.
  int64_t temperature_tenths_max = 0;  // Largest temperature, in tenths; 0: unknown.
  std::string_view place = {};  // Azure: this place of a model served at several. Only it can read its reasoning.

  // Names of top-level parameters. `drop` and `pass` also apply to members of that name which clients echo in messages.
  std::span<const std::string> drop = {};                            // Always left out.
  std::span<const std::string> pass = {};                            // Sent even if kCompatible would leave it out.
  std::span<const std::pair<std::string, std::string>> rename = {};  // First OpenAI's name, then the host's.

  // True if a member says that a parameter must be changed or left out (`pass` alone never does).
  [[nodiscard]] bool edits_parameters() const {
    return !takes_cache_marks || thinking != ThinkingSwitch::kNone || forced_tools != HostForce::kAny ||
           !forces_while_thinking || !takes_repeated_tools || formats != kAllFormats || stops_max != 0 ||
           temperature_tenths_max != 0 || !drop.empty() || !rename.empty();
  }
};

}  // namespace onellm::dialects
