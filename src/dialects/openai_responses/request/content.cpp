#include "dialects/openai_responses/request/content.h"

#include "dialects/common/splice/spliced_writer.h"
#include "json/writer.h"

namespace onellm::dialects::openai_responses {

namespace {

using chat::Part;
using chat::PartKind;

// Writes base64 data with its media type.
void add_data_url(const Part& part, std::string_view key, SplicedText& body, json::ObjectWriter& object) {
  object.begin(key).append("\"data:").append(part.media_type.text) += ";base64,";
  body.append(part.data.text);
  body.text() += '"';
}

void write_image(const Part& part, SplicedText& body, json::ObjectWriter& object) {
  object.add("type", json::RawString{"input_image"});
  object.add("detail", part.detail.empty() ? json::RawString{"auto"} : part.detail);
  if (part.data.empty()) return add_viewed(body, object, "image_url", part.url);
  add_data_url(part, "image_url", body, object);
}

void write_audio(const Part& part, SplicedText& body, json::ObjectWriter& object) {
  object.add("type", json::RawString{"input_audio"});
  json::ObjectWriter audio(object.begin("input_audio"));
  audio.add("format", part.format);
  add_viewed(body, audio, "data", part.data);
}

void write_file(const Part& part, SplicedText& body, json::ObjectWriter& object) {
  object.add("type", json::RawString{"input_file"});
  if (!part.file_id.empty()) object.add("file_id", part.file_id);
  if (!part.filename.empty()) object.add("filename", part.filename);
  if (!part.url.empty()) add_viewed(body, object, "file_url", part.url);
  if (part.data.empty()) return;
  if (part.media_type.empty()) return add_viewed(body, object, "file_data", part.data);
  add_data_url(part, "file_data", body, object);
}

void write_text(const Part& part, std::string_view type, SplicedText& body, json::ObjectWriter& object) {
  object.add("type", json::RawString{type});
  add_viewed(body, object, "text", part.text);
}

void write_members(const Part& part, SplicedText& body, json::ObjectWriter& object) {
  switch (part.kind) {
    case PartKind::kText:
    case PartKind::kRefusal: return write_text(part, "input_text", body, object);
    case PartKind::kImage: return write_image(part, body, object);
    case PartKind::kAudio: return write_audio(part, body, object);
    case PartKind::kFile: return write_file(part, body, object);
    case PartKind::kForeign: return;  // Such a request was refused before.
  }
}

}  // namespace

void write_input_part(const Part& part, bool ends_cache, std::string& out, RequestDraft& draft) {
  json::ObjectWriter object(out);
  write_members(part, draft.body, object);
  if (ends_cache) object.add("prompt_cache_breakpoint", json::Raw{R"({"mode":"explicit"})"});
}

void write_output_part(const Part& part, std::string& out, RequestDraft& draft) {
  if (part.cache_breakpoint) draft.drops.add("prompt_cache_breakpoint");
  json::ObjectWriter object(out);
  if (part.kind != PartKind::kRefusal) return write_text(part, "output_text", draft.body, object);
  object.add("type", json::RawString{"refusal"});
  add_viewed(draft.body, object, "refusal", part.text);
}

}  // namespace onellm::dialects::openai_responses
