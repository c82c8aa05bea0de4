// Documents, and the sources of documents and images: a part of BlockDecoder (client/request/blocks.h).
#include <string>
#include <utility>

#include "dialects/anthropic_messages/client/request/blocks.h"

namespace onellm::dialects::anthropic_messages {

using chat::Part;
using chat::PartKind;
using json::key_is;

// A PDF is a file; a text is a text with its title and context before it.
void BlockDecoder::decode_document(json::Value& value, uint32_t place, std::vector<Part>& parts) {
  Part part;
  part.place = place;
  Source source;
  json::RawString title;
  json::RawString context;
  bool has_source = false;
  fields_.members(value, [&](json::RawString key, json::Value& member) {
    if (key_is(key, "source")) {
      has_source = true;
      source = read_source(member, place);
    } else if (key_is(key, "title")) {
      fields_.text(member, title);
    } else if (key_is(key, "context")) {
      fields_.text(member, context);
    } else {
      (void)take_common(key, member, part);
    }
  });
  fields_.require(has_source, "source");
  if (fields_.complained()) return;
  part.raw = value.whole();
  const bool is_text = key_is(source.type, "text");
  if (is_text || key_is(source.type, "content")) {
    std::vector<json::RawString> texts = {title, context};
    if (is_text) texts.push_back(source.data);
    return add_texts(part, std::move(texts), source, parts);
  }
  part.kind = PartKind::kFile;
  part.url = source.url;
  part.data = source.data;
  part.media_type = source.media_type;
  part.filename = title.empty() && source.url.empty() ? json::RawString{"document.pdf"} : title;
  if (!context.empty()) request_.source.left_out.emplace_back("context");
  parts.push_back(part);
}

// Texts that follow each other become one part. The first part stands for the whole block in this dialect.
void BlockDecoder::add_texts(Part part, std::vector<json::RawString> texts, const Source& source,
                             std::vector<Part>& parts) {
  const auto add = [&](Part next) {
    next.place = part.place;
    next.raw = std::exchange(part.raw, {});
    next.is_in_raw = next.raw.empty();
    next.cache_control = std::exchange(part.cache_control, {});
    next.cache_breakpoint = std::exchange(part.cache_breakpoint, false);
    parts.push_back(next);
  };
  const auto add_waiting = [&] {
    Part text;
    text.text = lines(texts);
    if (!text.text.empty() || !part.raw.empty()) add(text);
    texts.clear();
  };
  for (const Part& inner : source.content) {
    if (inner.kind == PartKind::kText) {
      texts.push_back(inner.text);
    } else {
      add_waiting();
      add(inner);
    }
  }
  add_waiting();
}

BlockDecoder::Source BlockDecoder::read_source(json::Value& value, uint32_t place) {
  Source source;
  bool has_data = false;
  const bool holds_content = key_is(value.peek("type"), "content");
  fields_.members(value, [&](json::RawString key, json::Value& member) {
    if (key_is(key, "type")) {
      fields_.text(member, source.type);
    } else if (key_is(key, "media_type")) {
      fields_.text(member, source.media_type);
    } else if (key_is(key, "data")) {
      has_data = true;
      fields_.text(member, source.data);
    } else if (key_is(key, "url")) {
      fields_.text_not_empty(member, source.url);
    } else if (key_is(key, "content") && holds_content) {
      has_data = true;
      source.content.clear();
      (void)decode_content(member, source.content);
    } else if (key_is(key, "file_id")) {
      has_data = true;
    }
  });
  for (Part& part : source.content) part.place = place;
  check_source(source, has_data);
  return source;
}

void BlockDecoder::check_source(const Source& source, bool has_data) {
  if (key_is(source.type, "base64")) {
    fields_.require(!source.media_type.empty(), "media_type");
    fields_.require(!source.data.empty(), "data");
  } else if (key_is(source.type, "text")) {
    fields_.require(has_data, "data");
  } else if (key_is(source.type, "url")) {
    fields_.require(!source.url.empty(), "url");
  } else if (key_is(source.type, "content")) {
    fields_.require(has_data, "content");
  } else if (key_is(source.type, "file")) {
    fields_.require(has_data, "file_id");
    fields_.note_out_of_range(kFileOfAnthropic);
  } else {
    fields_.require(!source.type.empty(), "type");
    fields_.note_out_of_range("is of a type that this model does not have");
  }
}

}  // namespace onellm::dialects::anthropic_messages
