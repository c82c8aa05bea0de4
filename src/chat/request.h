// A chat request in canonical form: typed where a dialect must understand it, raw JSON slices where it
// only passes it on. No JSON is read or written here.
//
// Every view points into the body that the request was decoded from, which must outlive it, or into
// text that the request itself keeps.
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

// One content part. Which fields are set follows from `kind`.
struct Part {
  PartKind kind = PartKind::kText;
  json::RawString text;           // kText, kRefusal
  json::RawString url;            // kImage: http(s) or data URL
  json::RawString detail;         // kImage: auto, low, high; may be empty
  json::RawString data;           // kAudio: base64. kFile: file_data
  json::RawString format;         // kAudio: wav, mp3
  json::RawString filename;       // kFile
  json::RawString file_id;        // kFile
  bool cache_breakpoint = false;  // prompt_cache_breakpoint was set, or
  json::Raw cache_control;        // Anthropic's word for it, an object with more to say. Else empty.
};

// A call that an assistant message made earlier.
struct ToolCall {
  bool custom = false;  // type "custom": `arguments` is its free-form input
  json::RawString id;
  json::RawString name;
  json::RawString arguments;   // The arguments string; where the client sent an object: empty, and
  json::Raw arguments_object;  // the object stands here.
  json::RawString signature;   // extra_content.google.thought_signature: goes back with the call.
  json::Raw cache_control;     // As that of a part. Where it stands beside the call, it is among `extra` too.
  json::RawMembers extra;      // Unknown members.

  // What of its text is not as OpenAI documents it.
  bool is_loose = false;           // No type, or arguments that are no text, or none.
  bool has_extra_content = false;  // The member stands there.
};

// A block of reasoning that a provider signed, and wants back unchanged. An item of `thinking_blocks`.
struct ThinkingBlock {
  bool redacted = false;
  json::RawString text;       // What was thought; of a redacted block: its data.
  json::RawString signature;  // Not of redacted ones.
  json::RawString model;      // The model that signed it; empty: not said.
  uint32_t calls_before = 0;  // How many calls of its message came before it.
  int64_t text_before = 0;    // How many characters of its message's text came before it, or
  static constexpr int64_t kAllText = INT64_MAX;
};

// Members that answers have and clients send back with them, though not every host takes them. Bits of a set.
using EchoSet = uint32_t;
namespace echo {
inline constexpr EchoSet kReasoningContent = 1;
inline constexpr EchoSet kReasoning = 2;
inline constexpr EchoSet kReasoningDetails = 4;
inline constexpr EchoSet kExtraContent = 8;  // Of the message or of one of its calls.
inline constexpr EchoSet kThinkingBlocks = 16;
inline constexpr EchoSet kChannel = 32;
inline constexpr EchoSet kAnnotations = 64;
inline constexpr EchoSet kNull = 128;  // Any member that is null (`refusal`), but for the content.
inline constexpr EchoSet kContentParts = 256;
inline constexpr EchoSet kImages = 512;
inline constexpr EchoSet kCodeExecution = 1024;
inline constexpr EchoSet kAll = 2047;
}  // namespace echo

struct Message {
  Role role = Role::kUser;
  json::RawString role_text;     // The same as it stands in the body.
  bool has_content = false;      // false: null or absent
  bool content_is_text = false;  // The content was one string: then there is just one part.
  std::vector<Part> parts;
  std::vector<ToolCall> tool_calls;
  std::optional<ToolCall> function_call;       // Deprecated form; its id is empty.
  json::RawString tool_call_id;                // kTool
  bool is_error = false;                       // kTool: the tool failed.
  json::RawString name;                        // Optional; for kFunction the function's name.
  json::RawString refusal;                     // kAssistant
  json::RawString reasoning;                   // kAssistant: reasoning_content, or reasoning
  std::vector<ThinkingBlock> thinking_blocks;  // kAssistant
  json::RawString signature;                   // kAssistant: extra_content.google.thought_signature
  json::Raw server_parts;                      // kAssistant: extra_content.google.parts, an array
  json::RawString phase;                       // kAssistant: commentary or final_answer. Among `extra` too.
  json::Raw cache_control;                     // Beside the content: of all of it. Among `extra` too.
  json::RawMembers extra;                      // Unknown members (audio …).

  // What of its text is not as OpenAI documents it.
  bool has_loose_calls = false;  // A call is loose, or `tool_calls` is there and empty.
  EchoSet echoes = 0;            // Which of them stand there, in whatever shape.
};

// A tool that the provider runs itself.
enum class HostedTool : uint8_t { kNone, kWebSearch, kCodeInterpreter, kOther };

// A tool that the model may call. A legacy `functions` entry looks the same.
struct Tool {
  bool custom = false;
  bool foreign = false;                   // Of another type: no more is known of it.
  HostedTool hosted = HostedTool::kNone;  // Another: then
  json::RawMembers hosted_members;        // all of it stands here, and nothing below.
  json::RawString name;
  json::RawString description;
  json::Raw parameters;  // JSON Schema, or empty
  std::optional<bool> strict;
  json::Raw format;         // Custom tools
  json::Raw cache_control;  // As that of a part.
};

enum class ToolChoiceKind : uint8_t { kUnset, kNone, kAuto, kRequired, kNamed, kAllowed, kHosted };

struct ToolChoice {
  ToolChoiceKind kind = ToolChoiceKind::kUnset;
  bool custom = false;                   // kNamed
  json::RawString name;                  // kNamed
  json::RawMembers hosted;               // kHosted: all of it
  bool required = false;                 // kAllowed: mode "required"
  std::vector<json::RawString> allowed;  // kAllowed
};

// True where the model has to call a tool.
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

// Every other known top-level parameter, in the order of the request. A value is checked for type and
// range when it is decoded, and stays raw, so that its digits reach the provider unchanged.
struct Parameter {
  std::string_view name;  // "temperature", "stop", "seed" …
  json::Raw value;        // Never null: null means absent.
};

// The gateway's own wishes: the body key `onellm`, which wins over the headers, and never goes up.
struct GatewayOptions {
  std::string merge;  // As sent; empty: not said.
  std::optional<bool> strict;
  std::string lane;  // "translated" or empty.
  // The gateway may ask a provider to keep the prompt where the client did not. Not said: it may not.
  std::optional<bool> auto_cache;
  bool cost = false;  // The answer is to say what it cost, even where its bytes would be the provider's own.
};

// A member of the top-level object as it stands in the body, `"key": value`, for splicing.
struct SourceMember {
  std::string_view key;     // Unescaped only if it was plain; keys with escapes are compared unescaped.
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
  bool runs_code = false;  // The provider's own interpreter is asked for, where the tool itself was taken out.
  uint32_t n = 1;
  bool stream = false;
  bool include_usage = false;         // stream_options.include_usage
  std::vector<Parameter> parameters;  // The other known ones (sampling, limits, metadata …)
  std::vector<Parameter> unknown;     // Keys that OpenAI does not have: passed to OpenAI-like hosts.
  GatewayOptions options;

  // Where the first type stands that OpenAI does not document (`tools[0].type`); empty: there is none. Only a
  // host of OpenAI's format may know it, and gets it as it was written.
  std::string foreign_type;

  // The first value that is not as OpenAI documents it, as the error for a target that needs it so. `unusual` is one
  // that OpenAI alone limits; `out_of_range` is one that only a host of OpenAI's format may know a meaning of.
  std::optional<Error> unusual;
  std::optional<Error> out_of_range;

  // The text that this request was decoded from, and its members in order: an encoder of the same
  // dialect changes bytes in it rather than writing it anew.
  std::string_view source;
  std::vector<SourceMember> source_members;

  // The body in its dialect's own form, where the client wrote it in another: then it is `source`. Else null.
  std::shared_ptr<const json::Buffer> rewritten;

  // Text that stands nowhere in the body in one piece. Copies of the request share it, so that their
  // views stay good; a string once added is never changed.
  std::shared_ptr<std::deque<std::string>> kept;

  // The value of a known parameter, or an empty slice.
  [[nodiscard]] json::Raw parameter(std::string_view name) const;

  // Adds to `kept`; the view is good as long as this request or a copy of it lives.
  [[nodiscard]] std::string_view keep(std::string text);
};

}  // namespace onellm::chat
