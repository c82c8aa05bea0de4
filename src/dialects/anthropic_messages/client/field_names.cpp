#include "dialects/anthropic_messages/client/field_names.h"

#include <charconv>
#include <cstdint>
#include <optional>

namespace onellm::dialects::anthropic_messages {

namespace {

struct NameRow {
  std::string_view canonical;  // The name, or the beginning of a path.
  std::string_view own;
};
constexpr NameRow kNames[] = {
    {"max_completion_tokens", "max_tokens"},
    {"stop", "stop_sequences"},
    {"user", "metadata.user_id"},
    {"safety_identifier", "metadata.user_id"},
    {"parallel_tool_calls", "tool_choice.disable_parallel_tool_use"},
    {"reasoning_effort", "output_config.effort"},
    {"response_format", "output_config.format"},
    {"web_search_options", "tools.web_search"},
    {"prompt_cache_breakpoint", "cache_control"},
    {"messages[].cache_control", "cache_control"},
    {"messages[].thinking_blocks", "thinking"},
    {"messages[].extra_content", "thinking"},
    {"messages[].tool_calls[].extra_content", "thinking"},
    {"messages[].content[].is_error", "is_error"},
    {"tools[].code_interpreter", "tools.code_execution"},
    {"tools[].function", "tools"},
    {"response_format.json_schema", "output_config.format"},
};

// What follows the place of a part or a tool, in this API's words.
constexpr NameRow kEnds[] = {
    {".image_url.url", ".image.source"},       {".image_url", ".image"}, {".file", ".document.source"},
    {".function.parameters", ".input_schema"}, {".function", ""},
};

// Takes `[12]` from the front of `text`.
std::optional<size_t> take_index(std::string_view& text) {
  size_t index = 0;
  if (!text.starts_with('[')) return std::nullopt;
  const std::from_chars_result end = std::from_chars(text.data() + 1, text.data() + text.size(), index);
  if (end.ec != std::errc() || end.ptr == text.data() + text.size() || *end.ptr != ']') return std::nullopt;
  text.remove_prefix(static_cast<size_t>(end.ptr - text.data()) + 1);
  return index;
}

bool take_word(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

// `a[0].b` becomes `a.0.b`, and `a[].b` becomes `a.b`.
std::string with_dots(std::string_view path) {
  std::string out;
  for (const char c : path) {
    if (c == ']') continue;
    out += c == '[' ? '.' : c;
    if (out.ends_with("..")) out.pop_back();
  }
  return out;
}

std::string end_of(std::string_view rest) {
  for (const NameRow& row : kEnds) {
    if (take_word(rest, row.canonical))
      return std::string(row.own) + (row.own.ends_with("source") ? "" : with_dots(rest));
  }
  return with_dots(rest);
}

std::string place_of(const chat::Message& message) {
  if (message.notes.is_system) return "system";
  std::string place = "messages." + std::to_string(message.notes.place);
  if (message.role == chat::Role::kTool) place += ".content." + std::to_string(message.notes.block);
  return place;
}

// The path of something in a message; nullopt if it is none.
std::optional<std::string> message_path(std::string_view path, const chat::Request& request) {
  if (!take_word(path, "messages")) return std::nullopt;
  const std::optional<size_t> index = take_index(path);
  if (!index || *index >= request.messages.size()) return std::nullopt;
  const chat::Message& message = request.messages[*index];
  std::string place = place_of(message);
  if (take_word(path, ".tool_calls")) return place + ".content";
  if (!take_word(path, ".content")) return place + end_of(path);
  const std::optional<size_t> part = take_index(path);
  place += message.notes.is_system ? "" : ".content";
  if (!part || *part >= message.parts.size()) return place;
  return place + "." + std::to_string(message.parts[*part].place) + end_of(path);
}

std::optional<std::string> tool_path(std::string_view path) {
  if (!take_word(path, "tools")) return std::nullopt;
  const std::optional<size_t> index = take_index(path);
  if (!index) return std::nullopt;
  return "tools." + std::to_string(*index) + end_of(path);
}

}  // namespace

std::string field_name(std::string_view canonical, const chat::Request& request) {
  if (std::optional<std::string> path = message_path(canonical, request)) return *std::move(path);
  if (std::optional<std::string> path = tool_path(canonical)) return *std::move(path);
  const NameRow* found = nullptr;
  for (const NameRow& row : kNames) {
    const bool is_longer = found == nullptr || row.canonical.size() > found->canonical.size();
    const std::string_view rest = canonical.starts_with(row.canonical) ? canonical.substr(row.canonical.size()) : "x";
    if (is_longer && (rest.empty() || rest.front() == '.')) found = &row;
  }
  if (found == nullptr) return with_dots(canonical);
  return std::string(found->own) + with_dots(canonical.substr(found->canonical.size()));
}

}  // namespace onellm::dialects::anthropic_messages
