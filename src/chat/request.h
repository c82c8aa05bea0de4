// A chat request in canonical form: typed fields for data that a dialect must understand, raw JSON slices for data that
// it only passes on. No JSON is read or written here.
//
// Rule: every view points into the body that the request was decoded from, or into `kept`. The body must outlive the
// request.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chat/message.h"
#include "chat/source.h"
#include "json/raw.h"

namespace onellm::chat {

// A tool that the provider runs itself.
enum class HostedTool : uint8_t { kNone, kWebSearch, kWebFetch, kCodeInterpreter, kOther };

// A tool that the model may call. A legacy `functions` entry looks the same.
struct Tool {
  bool custom = false;
  bool foreign = false;                   // Of an unknown type: the other fields are empty.
  HostedTool hosted = HostedTool::kNone;  // Not kNone: the provider runs the tool. Then
  json::RawMembers hosted_members;        // this has all its members, and the fields below may be empty.
  json::RawString name;                   // Hosted tools: may be empty.
  json::RawString description;
  json::Raw parameters;  // JSON Schema, or empty
  std::optional<bool> strict;
  json::Raw format;         // Custom tools
  json::Raw cache_control;  // As in Part.
  // All members as the client wrote them, in the source's dialect, if the other fields do not hold all of them.
  json::RawMembers raw;
  // Hosted tools: a target without the tool leaves it out and reports this name; empty: it refuses the request.
  std::string_view left_out_as;
};

enum class ToolChoiceKind : uint8_t { kUnset, kNone, kAuto, kRequired, kNamed, kAllowed, kHosted };

struct ToolChoice {
  ToolChoiceKind kind = ToolChoiceKind::kUnset;
  bool custom = false;                   // kNamed
  json::RawString name;                  // kNamed
  json::RawMembers hosted;               // kHosted: all its members
  bool required = false;                 // kAllowed: mode "required"
  std::vector<json::RawString> allowed;  // kAllowed
};

// True if the model has to call a tool.
[[nodiscard]] inline bool is_forced(const ToolChoice& choice) {
  return choice.kind == ToolChoiceKind::kRequired || choice.kind == ToolChoiceKind::kNamed ||
         choice.kind == ToolChoiceKind::kHosted || (choice.kind == ToolChoiceKind::kAllowed && choice.required);
}

enum class ResponseFormatKind : uint8_t { kUnset, kText, kJsonObject, kJsonSchema, kForeign };

struct ResponseFormat {
  ResponseFormatKind kind = ResponseFormatKind::kUnset;
  json::RawString name;
  json::RawString description;
  json::Raw schema;
  std::optional<bool> strict;
};

// Any other top-level parameter. The value stays raw, so that its digits reach the provider unchanged.
struct Parameter {
  std::string_view name;   // "temperature", "stop", "seed" …
  json::Raw value;         // Never null: null means absent.
  bool must_hold = false;  // In `unknown`: other dialects refuse it instead of leaving it out. It is a promise.
};

// Options for the gateway itself: the body key `onellm`, which wins over the headers. It is never sent to a provider.
struct GatewayOptions {
  std::string merge;  // The client's word; empty: not given.
  std::optional<bool> strict;
  // A lane is a way to pass on an answer: the native lane passes the provider's bytes, the translated lane writes
  // events anew. "translated" forces the latter; empty: the gateway chooses.
  std::string lane;
  // Whether the gateway may ask a provider to cache the prompt although the client did not. Not given: it may not.
  std::optional<bool> auto_cache;
  bool cost = false;  // The answer must show its cost, also if the provider's own bytes would be passed on otherwise.
};

struct Request {
  std::string model;  // The `model` field, unescaped, not yet parsed.
  std::vector<Message> messages;
  std::vector<Tool> tools;
  std::vector<Tool> functions;  // Deprecated form
  ToolChoice tool_choice;       // From tool_choice, or from the deprecated function_call
  ResponseFormat response_format;
  // The client asked for the provider's code interpreter, or for its tool that reads pages; it was removed from
  // `tools`.
  bool runs_code = false;
  bool fetches_pages = false;
  uint32_t n = 1;
  bool stream = false;
  bool hides_thoughts = false;  // The client does not want to see reasoning.
  bool include_usage = false;   // The client wants the usage of a stream.

  // Parameters with the names, types and ranges of OpenAI's chat API, whatever the client called them: max_tokens,
  // stop, user (Anthropic's metadata.user_id), parallel_tool_calls … The decoder has checked them.
  std::vector<Parameter> parameters;
  // All other parameters, each with the name and form of the API that has it, not checked: Anthropic's thinking,
  // output_config, top_k, cache_control, mcp_servers; Google's safety_settings … An encoder takes those of its own API
  // and of its hosts. How the model should think is read by dialects/common/request/reasoning_wish.h.
  std::vector<Parameter> unknown;
  GatewayOptions options;

  Source source;

  // Texts that do not exist in one piece in the body. Copies of the request share them, so that their views stay valid.
  // A string is never changed after it was added.
  std::shared_ptr<std::deque<std::string>> kept;

  // The value of a known parameter, or an empty slice.
  [[nodiscard]] json::Raw parameter(std::string_view name) const;

  // Adds a text to `kept`. The view is valid as long as this request or a copy of it lives.
  [[nodiscard]] std::string_view keep(std::string text);
};

}  // namespace onellm::chat
