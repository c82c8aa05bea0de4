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

#include "base/error.h"
#include "json/buffer.h"
#include "json/raw.h"

namespace onellm::chat {

enum class Role : uint8_t { kSystem, kDeveloper, kUser, kAssistant, kTool, kFunction };

enum class PartKind : uint8_t { kText, kImage, kAudio, kFile, kRefusal, kForeign };

// One content part. `kind` decides which fields are set.
struct Part {
  PartKind kind = PartKind::kText;
  json::RawString text;           // kText, kRefusal
  json::RawString url;            // kImage: http(s) or data URL
  json::RawString detail;         // kImage: auto, low, high; may be empty
  json::RawString data;           // kAudio: base64. kFile: file_data
  json::RawString format;         // kAudio: wav, mp3
  json::RawString filename;       // kFile
  json::RawString file_id;        // kFile
  bool cache_breakpoint = false;  // prompt_cache_breakpoint was set.
  json::Raw cache_control;        // Anthropic's form of it, an object; empty: not set.
};

// A tool call of an earlier assistant message.
struct ToolCall {
  bool custom = false;  // type "custom": `arguments` is its free-form input
  json::RawString id;
  json::RawString name;
  json::RawString arguments;   // The arguments string. Empty if the client sent an object:
  json::Raw arguments_object;  // then this is the object.
  json::RawString signature;   // extra_content.google.thought_signature, which is sent back with the call.
  json::Raw cache_control;     // As in Part. If it is a member of the call, `extra` has it too.
  json::RawMembers extra;      // Unknown members.

  // Differences from OpenAI's documentation in the client's JSON.
  bool is_loose = false;           // It has no type, or its arguments are missing, empty or no string.
  bool has_extra_content = false;  // It has the member extra_content.
};

// A block of reasoning that a provider signed and wants back unchanged: an item of `thinking_blocks`.
struct ThinkingBlock {
  bool redacted = false;
  json::RawString text;       // The reasoning; for a redacted block: its data.
  json::RawString signature;  // Empty for a redacted block.
  json::RawString model;      // The model that signed it; empty: not known.
  uint32_t calls_before = 0;  // Number of tool calls of the message before it.
  int64_t text_before = 0;    // Number of characters of the message's text before it, or kAllText.
  static constexpr int64_t kAllText = INT64_MAX;
};

// Echoes: members of answers that clients send back in later requests. Some hosts refuse them. Bits of a set.
using EchoSet = uint32_t;
namespace echo {
inline constexpr EchoSet kReasoningContent = 1;
inline constexpr EchoSet kReasoning = 2;
inline constexpr EchoSet kReasoningDetails = 4;
inline constexpr EchoSet kExtraContent = 8;  // In the message or in one of its calls.
inline constexpr EchoSet kThinkingBlocks = 16;
inline constexpr EchoSet kChannel = 32;
inline constexpr EchoSet kAnnotations = 64;
inline constexpr EchoSet kNull = 128;  // Any member that is null (`refusal`), except the content.
inline constexpr EchoSet kContentParts = 256;
inline constexpr EchoSet kImages = 512;
inline constexpr EchoSet kCodeExecution = 1024;
inline constexpr EchoSet kAll = 2047;
}  // namespace echo

struct Message {
  Role role = Role::kUser;
  json::RawString role_text;     // The role as the client wrote it.
  bool has_content = false;      // false: null or absent
  bool content_is_text = false;  // The content was one string: then there is exactly one part.
  std::vector<Part> parts;
  std::vector<ToolCall> tool_calls;
  std::optional<ToolCall> function_call;       // Deprecated form; its id is empty.
  json::RawString tool_call_id;                // kTool
  bool is_error = false;                       // kTool: the tool failed.
  json::RawString name;                        // Optional. kFunction: the name of the function.
  json::RawString refusal;                     // kAssistant
  json::RawString reasoning;                   // kAssistant: reasoning_content, or reasoning
  std::vector<ThinkingBlock> thinking_blocks;  // kAssistant
  json::RawString signature;                   // kAssistant: extra_content.google.thought_signature
  json::Raw server_parts;                      // kAssistant: extra_content.google.parts, an array
  json::RawString phase;                       // kAssistant: commentary or final_answer. `extra` has it too.
  json::Raw cache_control;                     // For the whole content. `extra` has it too.
  json::RawMembers extra;                      // Unknown members (audio …).

  // Differences from OpenAI's documentation in the client's JSON.
  bool has_loose_calls = false;  // A call is loose, or `tool_calls` is empty.
  EchoSet echoes = 0;            // The echoes that the message has, of any JSON type.
};

// A tool that the provider runs itself.
enum class HostedTool : uint8_t { kNone, kWebSearch, kCodeInterpreter, kOther };

// A tool that the model may call. A legacy `functions` entry looks the same.
struct Tool {
  bool custom = false;
  bool foreign = false;                   // Of an unknown type: the other fields are empty.
  HostedTool hosted = HostedTool::kNone;  // Not kNone: the provider runs the tool. Then
  json::RawMembers hosted_members;        // this has all its members, and the fields below are empty.
  json::RawString name;
  json::RawString description;
  json::Raw parameters;  // JSON Schema, or empty
  std::optional<bool> strict;
  json::Raw format;         // Custom tools
  json::Raw cache_control;  // As in Part.
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

// Any other known top-level parameter. Its type and range are checked when it is decoded. The value stays raw, so that
// its digits reach the provider unchanged.
struct Parameter {
  std::string_view name;  // "temperature", "stop", "seed" …
  json::Raw value;        // Never null: null means absent.
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

// A member of the top-level object, `"key": value`, unchanged from the body. For edits of the body in place.
struct SourceMember {
  std::string_view key;     // With its escapes, if any; such keys are compared unescaped.
  std::string_view member;  // From the opening quote of the key to the last byte of the value.
  std::string_view value;
};

struct Request {
  std::string model;  // The `model` field, unescaped, not yet parsed.
  std::vector<Message> messages;
  std::vector<Tool> tools;
  std::vector<Tool> functions;  // Deprecated form
  ToolChoice tool_choice;       // From tool_choice, or from the deprecated function_call
  ResponseFormat response_format;
  bool runs_code = false;  // The client asked for the provider's code interpreter; its tool was removed from `tools`.
  uint32_t n = 1;
  bool stream = false;
  bool include_usage = false;         // stream_options.include_usage
  std::vector<Parameter> parameters;  // The other known ones (sampling, limits, metadata …)
  std::vector<Parameter> unknown;     // Keys that OpenAI does not have: passed to hosts of OpenAI's format.
  GatewayOptions options;

  // The place of the first type that OpenAI does not document (`tools[0].type`); empty: there is none. Only a host of
  // OpenAI's format may know such a type, and gets it unchanged.
  std::string foreign_type;

  // The error for the first value that differs from OpenAI's documentation. It is returned only for a target that
  // refuses such values. `unusual`: a limit that only OpenAI has. `out_of_range`: only a host of OpenAI's format may
  // accept such a value.
  std::optional<Error> unusual;
  std::optional<Error> out_of_range;

  // The text that this request was decoded from, and its members in order. An encoder of the same dialect edits this
  // text instead of writing a new one.
  std::string_view source;
  std::vector<SourceMember> source_members;

  // The body in OpenAI's form if the client wrote it in another form; then `source` is this text. Else null.
  std::shared_ptr<const json::Buffer> rewritten;

  // Texts that do not exist in one piece in the body. Copies of the request share them, so that their views stay valid.
  // A string is never changed after it was added.
  std::shared_ptr<std::deque<std::string>> kept;

  // The value of a known parameter, or an empty slice.
  [[nodiscard]] json::Raw parameter(std::string_view name) const;

  // Adds a text to `kept`. The view is valid as long as this request or a copy of it lives.
  [[nodiscard]] std::string_view keep(std::string text);
};

}  // namespace onellm::chat
