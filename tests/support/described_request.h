// A chat request as a text, to compare requests: two requests that mean the same have equal descriptions, wherever
// their texts stand and however these are escaped. The source and notes on it are not described; what only the source's
// dialect reads (`raw`) is, if that is asked for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "chat/request.h"
#include "json/writer.h"

namespace onellm::test {

enum class Described : uint8_t { kWithoutSource, kWithSource };

// Writes the fields of one object; those without a value are left out.
class Description {
 public:
  Description(std::string& out, Described what) : object_(out), what_(what) {}

  void put(std::string_view key, json::RawString text) {
    if (!text.empty()) object_.add_plain(key, json::unescape(text));
  }
  void put(std::string_view key, json::Raw raw) {
    if (!raw.empty()) json::compact_to(object_.begin(key), raw);
  }
  void put(std::string_view key, json::RawMembers members) {
    const std::string object = "{" + std::string(members.text) + "}";
    if (!members.empty()) put(key, json::Raw{object});
  }
  void put(std::string_view key, bool flag) {
    if (flag) object_.add(key, true);
  }
  void put(std::string_view key, std::optional<bool> flag) {
    if (flag) object_.add(key, *flag);
  }
  template <typename E>
  requires std::is_enum_v<E>
  void put(std::string_view key, E value) { object_.add(key, static_cast<int64_t>(value)); }
  void put(std::string_view key, int64_t value) { object_.add(key, value); }

  void put(std::string_view key, const chat::Part& part);
  void put(std::string_view key, const chat::ToolCall& call);
  void put(std::string_view key, const chat::ThinkingBlock& block);
  void put(std::string_view key, const chat::Message& message);
  void put(std::string_view key, const chat::Tool& tool);
  void put(std::string_view key, const chat::ToolChoice& choice);
  void put(std::string_view key, const chat::ResponseFormat& format);
  void put(std::string_view key, const chat::Parameter& parameter) {
    Description out(object_.begin(key), what_);
    out.object_.add_plain("name", parameter.name);
    out.put("value", parameter.value);
  }
  template <typename T>
  void put_all(std::string_view key, const std::vector<T>& items) {
    for (const T& item : items) put(key, item);
  }

 private:
  template <typename Raw>
  void put_source(std::string_view key, Raw raw) {
    if (what_ == Described::kWithSource) put(key, raw);
  }

  json::ObjectWriter object_;
  const Described what_;
};

inline void Description::put(std::string_view key, const chat::Part& part) {
  Description out(object_.begin(key), what_);
  out.put("kind", part.kind);
  out.put("text", part.text);
  out.put("url", part.url);
  out.put("detail", part.detail);
  out.put("data", part.data);
  out.put("media_type", part.media_type);
  out.put("format", part.format);
  out.put("filename", part.filename);
  out.put("file_id", part.file_id);
  out.put("cache_breakpoint", part.cache_breakpoint);
  out.put("cache_control", part.cache_control);
  out.put_source("raw", part.raw);
}

inline void Description::put(std::string_view key, const chat::ToolCall& call) {
  Description out(object_.begin(key), what_);
  out.put("custom", call.custom);
  out.put("id", call.id);
  out.put("name", call.name);
  out.put("arguments", call.arguments);
  out.put("arguments_object", call.arguments_object);
  out.put("signature", call.signature);
  out.put("cache_control", call.cache_control);
  out.put("extra", call.extra);
}

inline void Description::put(std::string_view key, const chat::ThinkingBlock& block) {
  Description out(object_.begin(key), what_);
  out.put("redacted", block.redacted);
  out.put("text", block.text);
  out.put("signature", block.signature);
  out.put("model", block.model);
  out.put("calls_before", int64_t{block.calls_before});
  out.put("text_before", block.text_before);
}

inline void Description::put(std::string_view key, const chat::Message& message) {
  Description out(object_.begin(key), what_);
  out.put("role", message.role);
  out.put("has_content", message.has_content);
  out.put("content_is_text", message.content_is_text);
  out.put_all("part", message.parts);
  out.put_all("call", message.tool_calls);
  if (message.function_call) out.put("function_call", *message.function_call);
  out.put("tool_call_id", message.tool_call_id);
  out.put("is_error", message.is_error);
  out.put("name", message.name);
  out.put("refusal", message.refusal);
  out.put("reasoning", message.reasoning);
  out.put_all("thinking", message.thinking_blocks);
  out.put("signature", message.signature);
  out.put("server_parts", message.server_parts);
  out.put("phase", message.phase);
  out.put("cache_control", message.cache_control);
  out.put("audio", message.audio);
  out.put("images", message.images);
  out.put("extra", message.extra);
}

inline void Description::put(std::string_view key, const chat::Tool& tool) {
  Description out(object_.begin(key), what_);
  out.put("custom", tool.custom);
  out.put("foreign", tool.foreign);
  out.put("hosted", tool.hosted);
  out.put("hosted_members", tool.hosted_members);
  out.put("name", tool.name);
  out.put("description", tool.description);
  out.put("parameters", tool.parameters);
  out.put("strict", tool.strict);
  out.put("format", tool.format);
  out.put("cache_control", tool.cache_control);
  out.put_source("raw", tool.raw);
}

inline void Description::put(std::string_view key, const chat::ToolChoice& choice) {
  Description out(object_.begin(key), what_);
  out.put("kind", choice.kind);
  out.put("custom", choice.custom);
  out.put("name", choice.name);
  out.put("hosted", choice.hosted);
  out.put("required", choice.required);
  out.put_all("allowed", choice.allowed);
}

inline void Description::put(std::string_view key, const chat::ResponseFormat& format) {
  Description out(object_.begin(key), what_);
  out.put("kind", format.kind);
  out.put("name", format.name);
  out.put("description", format.description);
  out.put("schema", format.schema);
  out.put("strict", format.strict);
}

inline std::string described(const chat::Request& request, Described what = Described::kWithoutSource) {
  std::string text;
  {
    Description out(text, what);
    const std::string model = json::escape(request.model);
    out.put("model", json::RawString{model});
    out.put_all("message", request.messages);
    out.put_all("tool", request.tools);
    out.put_all("function", request.functions);
    out.put("tool_choice", request.tool_choice);
    out.put("response_format", request.response_format);
    out.put("n", int64_t{request.n});
    out.put("stream", request.stream);
    out.put("hides_thoughts", request.hides_thoughts);
    out.put("include_usage", request.include_usage);
    out.put_all("parameter", request.parameters);
    out.put_all("unknown", request.unknown);
  }
  return text;
}

}  // namespace onellm::test
