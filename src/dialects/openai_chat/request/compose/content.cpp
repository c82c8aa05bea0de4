#include "dialects/openai_chat/request/compose/content.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "dialects/ids.h"

namespace onellm::dialects::openai_chat {

namespace {

using chat::Message;
using chat::Part;
using chat::PartKind;
using chat::Role;

bool is_text(const Part& part) { return part.kind == PartKind::kText; }

bool is_system(const Message& message) { return message.role == Role::kSystem || message.role == Role::kDeveloper; }
bool is_result(const Message& message) { return message.role == Role::kTool || message.role == Role::kFunction; }

// True if the parts are written as one string, which every host takes. Marks need parts; a target that takes marks gets
// parts everywhere, so that a mark that moves changes nothing else.
bool is_one_string(const Message& message, const ComposeDraft& draft) {
  if (draft.is_own || draft.marks != MarkForm::kNone ||
      !std::all_of(message.parts.begin(), message.parts.end(), is_text))
    return false;
  return message.parts.size() == 1 || is_system(message) || is_result(message);
}

// Blocks of instructions are paragraphs; blocks of a result are lines.
std::string joined(const Message& message) {
  const std::string_view between = is_system(message) ? R"(\n\n)" : R"(\n)";
  std::string text;
  for (const Part& part : message.parts) {
    if (part.text.empty()) continue;
    if (!text.empty()) text += between;
    text += part.text.text;
  }
  return text;
}

void write_image(const Part& part, json::ObjectWriter& object) {
  object.add("type", json::RawString{"image_url"});
  json::ObjectWriter image(object.begin("image_url"));
  if (part.data.empty()) {
    image.add("url", part.url);
  } else {
    image.begin("url").append("\"data:").append(part.media_type.text).append(";base64,").append(part.data.text) += '"';
  }
  if (!part.detail.empty()) image.add("detail", part.detail);
}

void write_audio(const Part& part, json::ObjectWriter& object) {
  object.add("type", json::RawString{"input_audio"});
  json::ObjectWriter audio(object.begin("input_audio"));
  audio.add("data", part.data);
  audio.add("format", part.format);
}

void write_file(const Part& part, json::ObjectWriter& object) {
  object.add("type", json::RawString{"file"});
  json::ObjectWriter file(object.begin("file"));
  if (!part.filename.empty()) file.add("filename", part.filename);
  if (!part.media_type.empty()) {
    std::string& data = file.begin("file_data");
    data.append("\"data:").append(part.media_type.text).append(";base64,").append(part.data.text) += '"';
  } else if (!part.data.empty()) {
    file.add("file_data", part.data);
  }
  if (!part.file_id.empty()) file.add("file_id", part.file_id);
}

void write_text(const Part& part, bool as_refusal, json::ObjectWriter& object) {
  const std::string_view type = as_refusal ? "refusal" : "text";
  object.add("type", json::RawString{type});
  object.add(type, part.text);
}

void write_mark(const Part& part, bool ends_message, const ComposeDraft& draft, json::ObjectWriter& object) {
  const bool is_marked = part.cache_breakpoint || !part.cache_control.empty() || ends_message;
  switch (draft.marks) {
    case MarkForm::kNone: return;
    case MarkForm::kAsGiven:
      if (!part.cache_control.empty()) return object.add("cache_control", part.cache_control);
      if (!part.cache_breakpoint) return;
      break;
    case MarkForm::kBreakpoints:
      if (!is_marked) return;
      break;
  }
  object.add("prompt_cache_breakpoint", json::Raw{R"({"mode":"explicit"})"});
}

class PartWriter {
 public:
  PartWriter(const Message& message, ComposeDraft& draft) : message_(message), draft_(draft) {}

  void write(const Part& part, std::string& out) {
    json::ObjectWriter object(out);
    switch (part.kind) {
      case PartKind::kText: write_text(part, false, object); break;
      case PartKind::kRefusal: write_text(part, message_.role == Role::kAssistant, object); break;
      case PartKind::kImage: write_image(part, object); break;
      case PartKind::kAudio: write_audio(part, object); break;
      case PartKind::kFile:
        if (!part.url.empty()) draft_.refuse(path(part) + ".file", "is an address, which this model cannot fetch");
        write_file(part, object);
        break;
      case PartKind::kForeign: return;  // Left out before this point.
    }
    const bool is_end = &part == &message_.parts.back() && !message_.cache_control.empty();
    write_mark(part, is_end, draft_, object);
  }

 private:
  [[nodiscard]] std::string path(const Part& part) const {
    const auto message = &message_ - draft_.request.messages.data();
    return "messages[" + std::to_string(message) + "].content[" + std::to_string(&part - message_.parts.data()) + "]";
  }

  const Message& message_;
  ComposeDraft& draft_;
};

// True if the message says something outside its content, so that the content may be null. Hosts do not take reasoning
// for that; but clients of Messages alone may send nothing else.
bool says_more(const Message& message, const ComposeDraft& draft) {
  const bool has_own = draft.is_own && (!message.thinking_blocks.empty() || !message.extra.empty());
  const bool is_reasoning = !message.reasoning.empty() && draft.request.source.dialect != kAnthropicMessages;
  return has_own || is_reasoning || !message.tool_calls.empty() || message.function_call || !message.refusal.empty() ||
         !message.audio.empty();
}

}  // namespace

void write_content(const Message& message, ComposeDraft& draft, json::ObjectWriter& object) {
  if (!message.has_content || message.parts.empty()) {
    const bool may_be_null =
        message.role == Role::kFunction || (message.role == Role::kAssistant && says_more(message, draft));
    return may_be_null ? object.add_null("content") : object.add("content", json::RawString{});
  }
  // Where marks are sent, a mark that comes later must change nothing else.
  const bool is_plain = message.content_is_text && (draft.is_own || draft.marks == MarkForm::kNone);
  if (is_plain) return object.add("content", message.parts.front().text);
  if (is_one_string(message, draft)) return object.add("content", json::RawString{joined(message)});
  json::ArrayWriter content(object.begin("content"));
  PartWriter writer(message, draft);
  for (const Part& part : message.parts) writer.write(part, content.next());
}

}  // namespace onellm::dialects::openai_chat
