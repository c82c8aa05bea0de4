// Rewrites messages: MessageForms of client/borrowed/forms.h.
// Rule: `content` comes last in every message, as write_block() has it, so that rewriting twice changes nothing.
#include <algorithm>

#include "dialects/openai_chat/client/borrowed/forms.h"
#include "dialects/openai_chat/echoes/reasoning.h"
#include "json/reader.h"

namespace onellm::dialects::openai_chat {

namespace {

using json::key_is;

bool is(const ContentBlock& block, std::string_view type) { return key_is(block.type(), type); }
bool has_thought(const ContentBlock& block) { return find_raw(block.members, "thinking").text.starts_with('"'); }
bool is_thinking(const ContentBlock& block) {
  return (is(block, "thinking") && has_thought(block)) || is(block, "redacted_thinking");
}
bool is_result(const ContentBlock& block) { return is(block, "tool_result"); }

void add_cache_control(const ContentBlock& block, json::ObjectWriter& object) {
  const json::Raw mark = find_raw(block.members, "cache_control");
  if (!mark.empty()) object.add("cache_control", mark);
}

// Writes `"data:image/png;base64,…"`, or the URL. False if the source is of another kind.
bool write_address(const std::vector<RawMember>& source, std::string_view key, json::ObjectWriter& object) {
  const json::RawString url = find_text(source, "url");
  const json::RawString data = find_text(source, "data");
  if (key_is(find_text(source, "type"), "base64") && !data.empty()) {
    std::string& out = object.begin(key);
    out.append("\"data:").append(find_text(source, "media_type").text).append(";base64,").append(data.text) += '"';
  } else if (!url.empty()) {
    object.add(key, url);
  } else {
    return false;
  }
  return true;
}

bool has_address(const std::vector<RawMember>& source) {
  const bool has_data = key_is(find_text(source, "type"), "base64") && !find_text(source, "data").empty();
  return has_data || !find_text(source, "url").empty();
}

void write_image(const ContentBlock& block, std::string& out) {
  json::ObjectWriter part(out);
  part.add("type", json::RawString{"image_url"});
  {
    json::ObjectWriter image(part.begin("image_url"));
    (void)write_address(block.source, "url", image);
  }
  add_cache_control(block, part);
}

void write_file(const ContentBlock& block, std::string& out) {
  json::ObjectWriter part(out);
  part.add("type", json::RawString{"file"});
  {
    json::ObjectWriter file(part.begin("file"));
    const json::RawString title = find_text(block.members, "title");
    if (!title.empty()) file.add("filename", title);
    if (!write_address(block.source, "file_data", file)) file.add("file_id", find_text(block.source, "file_id"));
  }
  add_cache_control(block, part);
}

// A text document becomes a text part, not a file.
void write_text_document(const ContentBlock& block, std::string& out) {
  json::ObjectWriter part(out);
  part.add("type", json::RawString{"text"});
  part.add("text", find_text(block.source, "data"));
  add_cache_control(block, part);
}

void write_part(const ContentBlock& block, std::string& out) {
  const bool has_file = !find_text(block.source, "file_id").empty();
  if (is(block, "image") && has_address(block.source)) return write_image(block, out);
  if ((is(block, "document") && has_address(block.source)) ||
      ((is(block, "document") || is(block, "image")) && has_file)) {
    return write_file(block, out);
  }
  const bool is_text = is(block, "document") && key_is(find_text(block.source, "type"), "text");
  return is_text ? write_text_document(block, out) : write_block(block, out);
}

void write_call(const ContentBlock& block, std::string& out) {
  json::ObjectWriter call(out);
  call.add("id", find_text(block.members, "id"));
  call.add("type", json::RawString{"function"});
  {
    json::ObjectWriter function(call.begin("function"));
    function.add("name", find_text(block.members, "name"));
    const json::Raw given = find_raw(block.members, "input");
    std::string input;
    json::compact_to(input, given.empty() ? json::Raw{"{}"} : given);
    function.add_plain("arguments", input);
  }
  add_cache_control(block, call);
}

// Writes a thinking block with its place among text and calls (`after`), in the form of this gateway's own replies.
void write_thinking(const ContentBlock& block, size_t calls_before, bool text_before, std::string& out) {
  json::ObjectWriter thinking(out);
  for (const RawMember& member : block.members) thinking.add(member.key.text, member.value);
  if (calls_before == 0 && !text_before) return;
  json::ObjectWriter after(thinking.begin("after"));
  after.add("tool_calls", static_cast<int64_t>(calls_before));
  after.add("text", text_before);
}

// Writes the members of a message, except those that are written in a new form.
void write_others(const ContentBlock& message, bool has_calls, bool has_thoughts, json::ObjectWriter& object) {
  for (const RawMember& member : message.members) {
    const bool is_anew = (has_calls && key_is(member.key, "tool_calls")) ||
                         (has_thoughts && key_is(member.key, kThinkingBlocks)) || key_is(member.key, "content");
    if (!is_anew) object.add(member.key.text, member.value);
  }
}

void write_content(const std::vector<const ContentBlock*>& parts, json::ObjectWriter& object) {
  json::ArrayWriter content(object.begin("content"));
  for (const ContentBlock* part : parts) write_part(*part, content.next());
}

}  // namespace

bool is_borrowed_block(json::RawString type, bool has_source, bool has_thought) {
  if (key_is(type, "thinking")) return has_thought;
  if (key_is(type, "image") || key_is(type, "document")) return has_source;
  return key_is(type, "tool_use") || key_is(type, "tool_result") || key_is(type, "redacted_thinking");
}

std::string& MessageForms::next() {
  ++count_;
  return messages_.next();
}

// Writes tool results before the user's other content: nothing may come between calls and their results.
void MessageForms::add(const ContentBlock& message) {
  const auto is_borrowed = [](const ContentBlock& block) {
    return is_borrowed_block(block.type(), !block.source.empty(), has_thought(block));
  };
  if (std::none_of(message.content.begin(), message.content.end(), is_borrowed)) return write_block(message, next());
  const json::RawString role = find_text(message.members, "role");
  if (key_is(role, "assistant")) return write_assistant(message);
  const bool may_answer = key_is(role, "user");
  std::vector<const ContentBlock*> parts;
  for (const ContentBlock& block : message.content) {
    if (may_answer && is_result(block)) {
      write_result(block);
    } else {
      parts.push_back(&block);
    }
  }
  if (parts.empty()) return;
  json::ObjectWriter object(next());
  write_others(message, false, false, object);
  write_content(parts, object);
}

void MessageForms::write_result(const ContentBlock& result) {
  if (find_raw(result.members, "is_error").text == "true") failed_results_.push_back(count_);
  json::ObjectWriter object(next());
  object.add("role", json::RawString{"tool"});
  object.add("tool_call_id", find_text(result.members, "tool_use_id"));
  add_cache_control(result, object);
  if (result.content.empty()) {
    object.add("content", find_text(result.members, "content"));
  } else {
    json::ArrayWriter content(object.begin("content"));
    for (const ContentBlock& part : result.content) write_part(part, content.next());
  }
}

void MessageForms::write_assistant(const ContentBlock& message) {
  std::vector<const ContentBlock*> parts;
  std::vector<const ContentBlock*> calls;
  std::string thoughts;
  for (const ContentBlock& block : message.content) {
    if (is(block, "tool_use")) {
      calls.push_back(&block);
    } else if (is_thinking(block)) {
      if (!thoughts.empty()) thoughts += ',';
      write_thinking(block, calls.size(), !parts.empty(), thoughts);
    } else {
      parts.push_back(&block);
    }
  }
  json::ObjectWriter object(next());
  write_others(message, !calls.empty(), !thoughts.empty(), object);
  if (!thoughts.empty()) object.begin(kThinkingBlocks).append("[").append(thoughts) += ']';
  if (!calls.empty()) {
    json::ArrayWriter list(object.begin("tool_calls"));
    for (const ContentBlock* call : calls) write_call(*call, list.next());
  }
  if (parts.empty()) {
    object.add_null("content");
  } else {
    write_content(parts, object);
  }
}

}  // namespace onellm::dialects::openai_chat
