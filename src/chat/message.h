// The messages of a request in canonical form: what was said, by whom, and which tools were called.
//
// Rule: every view points into the body that the request was decoded from, or into chat::Request::kept. Data named
// `extra`, `raw` or `notes` is in the source's dialect (chat/source.h); encoders of other dialects do not read it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "chat/source.h"
#include "chat/thinking_block.h"
#include "chat/wrapped_thought.h"
#include "json/raw.h"

namespace onellm::chat {

enum class Role : uint8_t { kSystem, kDeveloper, kUser, kAssistant, kTool, kFunction };

enum class PartKind : uint8_t { kText, kImage, kAudio, kFile, kRefusal, kForeign };

// One content part. `kind` decides which fields are set.
struct Part {
  PartKind kind = PartKind::kText;
  uint32_t place = 0;             // Index of the client's part that it was made of, if that may be another.
  json::RawString text;           // kText, kRefusal
  json::RawString signature;      // kText: Google's signature of this text (thoughtSignature)
  json::RawString url;            // kImage: http(s) or data URL. kFile: http(s) URL. Empty: `data` has it.
  json::RawString detail;         // kImage: auto, low, high; may be empty
  json::RawString data;           // kAudio, kImage: base64. kFile: the same, or as OpenAI's file_data.
  json::RawString media_type;     // kImage, kFile: the type of base64 in `data`; may be empty.
  json::RawString format;         // kAudio: wav, mp3
  json::RawString filename;       // kFile
  json::RawString file_id;        // kFile
  bool cache_breakpoint = false;  // The prompt up to this part shall be cached.
  json::Raw cache_control;        // Anthropic's form of that mark, an object; empty: not set.

  // The whole part as the client wrote it, in the source's dialect, if the other fields do not hold all of it. A
  // kForeign part has nothing else: other dialects leave it out and report this name, if it has one.
  json::Raw raw;
  std::string_view left_out_as;
  bool is_in_raw = false;  // The `raw` of an earlier part has it, too.
};

// A tool call of an earlier assistant message.
struct ToolCall {
  bool custom = false;  // type "custom": `arguments` is its free-form input
  json::RawString id;
  json::RawString name;
  json::RawString arguments;   // The arguments string. Empty if the client sent an object:
  json::Raw arguments_object;  // then this is the object.
  json::RawString signature;   // Google's signature of the call (thoughtSignature), which is sent back with it.
  json::Raw cache_control;     // As in Part. If it is a member of the call, `extra` has it too.
  json::RawMembers extra;      // Unknown members, in the source's dialect.
  CallNotes notes;
};

struct Message {
  Role role = Role::kUser;
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
  // kAssistant: signed reasoning that the client did not send back and the gateway remembered. Only where
  // thinking_blocks and wrapped are empty. An encoder that does not use it reports nothing.
  std::vector<ThinkingBlock> remembered_thoughts;
  std::vector<WrappedThought> wrapped;  // kAssistant: reasoning for one provider alone
  json::RawString signature;            // kAssistant: Google's signature of the text (thoughtSignature); if parts
                                        // have their own, the last of these
  json::Raw server_parts;               // kAssistant: an array of Google's parts of tools that it ran itself
  json::RawString phase;                // kAssistant: commentary or final_answer. `extra` has it too.
  json::Raw cache_control;              // For the whole content. `extra` has it too.
  json::Raw audio;                      // kAssistant: names the spoken answer. `extra` has it too.
  json::Raw images;                     // kAssistant: pictures of the answer, as this gateway's chat replies
                                        // have them: [{"image_url":{"url"}}]. `extra` has them too.
  json::RawMembers extra;               // Unknown members, in the source's dialect.
  MessageNotes notes;
};

}  // namespace onellm::chat
