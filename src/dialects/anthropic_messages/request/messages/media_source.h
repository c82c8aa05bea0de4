// What an image or a file of a request becomes: a block `image` or `document` with its source.
// https://docs.claude.com/en/docs/build-with-claude/vision, …/pdf-support, …/files
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "chat/request.h"
#include "dialects/anthropic_messages/request/draft.h"
#include "dialects/common/splice/spliced_text.h"
#include "json/raw.h"
#include "json/writer.h"

namespace onellm::dialects::anthropic_messages {

enum class SourceKind : uint8_t {
  kBase64,  // media_type, data
  kText,    // data: what the base64 of a text stands for, as the inside of a JSON string
  kUrl,     // data
  kFile,    // data: the id
};

struct MediaSource {
  bool is_document = false;
  SourceKind kind = SourceKind::kBase64;
  std::string_view media_type = {};
  json::RawString data = {};
  std::string decoded = {};  // kText; data is empty.
  json::RawString title = {};
};

// Requires an image or a file. Refuses, at `path`, what the API does not take.
[[nodiscard]] MediaSource read_media(const chat::Part& part, const std::string& path, RequestDraft& draft);

// Writes the members of the block. What `media` views must outlive the text.
void write_media(const MediaSource& media, SplicedText& body, json::ObjectWriter& block);

}  // namespace onellm::dialects::anthropic_messages
