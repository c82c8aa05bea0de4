// Converts an image or file of a request to a block `image` or `document` with its source.
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
  kText,    // decoded: the text that was base64, escaped for a JSON string
  kUrl,     // data: the URL
  kFile,    // data: the id of the file
};

struct MediaSource {
  bool is_document = false;
  SourceKind kind = SourceKind::kBase64;
  std::string_view media_type = {};
  json::RawString data = {};
  std::string decoded = {};  // kText; data is empty.
  json::RawString title = {};
};

// `part` must be an image or a file. Refuses what the API does not support; `path` names the field in the error.
[[nodiscard]] MediaSource read_media(const chat::Part& part, const std::string& path, RequestDraft& draft);

// Writes the members of the block. The data that `media` views must outlive the body.
void write_media(const MediaSource& media, SplicedText& body, json::ObjectWriter& block);

}  // namespace onellm::dialects::anthropic_messages
