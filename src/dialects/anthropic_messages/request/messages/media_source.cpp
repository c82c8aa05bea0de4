#include "dialects/anthropic_messages/request/messages/media_source.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "base/text.h"
#include "dialects/common/media/base64.h"
#include "dialects/common/media/data_url.h"
#include "dialects/common/media/media_type.h"
#include "dialects/common/splice/spliced_writer.h"
#include "json/reader.h"

namespace onellm::dialects::anthropic_messages {

namespace {

constexpr std::string_view kPdf = "application/pdf";
constexpr std::string_view kText = "text/plain";
constexpr std::string_view kFilesBeta = "files-api-2025-04-14";

constexpr std::string_view kImageTypes[] = {"image/jpeg", "image/png", "image/gif", "image/webp"};

// The API's name for an image type; empty if it does not support the type.
std::string_view image_type(std::string_view mime_type) {
  const auto* const found = std::find(std::begin(kImageTypes), std::end(kImageTypes), mime_type);
  return found == std::end(kImageTypes) ? std::string_view() : *found;
}

bool is_text_type(std::string_view mime_type) {
  return mime_type.starts_with("text/") || mime_type == "application/json";
}

// The type that the file's name suggests, if neither the data nor the client shows a type.
std::string_view type_by_name(json::RawString filename) {
  const std::string name = ascii_lower(filename.text);
  if (name.ends_with(".pdf")) return kPdf;
  return name.ends_with(".txt") || name.ends_with(".md") ? kText : std::string_view();
}

// The media type of the data: by its first bytes, else `named`, else by the file's name.
std::string_view type_of(json::RawString data, std::string_view named, json::RawString filename) {
  const std::string_view recognised = recognised_media_type(data);
  if (!recognised.empty()) return recognised;
  return is_generic_media_type(named) ? type_by_name(filename) : registered_media_type(named);
}

class MediaReader {
 public:
  MediaReader(const std::string& path, RequestDraft& draft) : path_(path), draft_(draft) {}

  MediaSource read(const chat::Part& part) {
    if (part.kind == chat::PartKind::kImage) {
      read_image(part);
    } else {
      source_.is_document = true;
      source_.title = part.filename;
      read_file(part);
    }
    return std::move(source_);
  }

 private:
  void refuse(std::string_view field, std::string_view complaint) {
    draft_.refuse(path_ + std::string(field), complaint);
  }

  void read_image(const chat::Part& part) {
    if (!part.detail.empty() && !json::key_is(part.detail, "auto")) {
      draft_.drops.add("messages[].content[].image_url.detail");
    }
    if (is_web_url(part.url)) return set(SourceKind::kUrl, part.url);
    const std::optional<DataUrl> data = data_of(part);
    if (!data) return refuse(".image_url.url", "must be an http(s) URL, or a data URL with base64 data");
    const std::string_view type = image_type(type_of(data->data, data->mime_type, {}));
    if (type.empty()) return refuse(".image_url.url", "must be a JPEG, PNG, GIF or WebP image");
    set(SourceKind::kBase64, data->data, type);
  }

  void read_file(const chat::Part& part) {
    if (!part.url.empty()) return set(SourceKind::kUrl, part.url);
    if (part.data.empty()) return read_file_id(part.file_id);
    if (is_web_url(part.data)) return set(SourceKind::kUrl, part.data);
    const std::optional<DataUrl> data = data_of(part);
    if (!data) return refuse(".file.file_data", "must be base64");
    read_data(type_of(data->data, data->mime_type, part.filename), data->data);
  }

  void read_data(std::string_view mime_type, json::RawString data) {
    const std::string_view image = image_type(mime_type);
    if (mime_type == kPdf) {
      set(SourceKind::kBase64, data, kPdf);
    } else if (is_text_type(mime_type)) {
      read_text(data);
    } else if (!image.empty()) {
      source_.is_document = false;
      set(SourceKind::kBase64, data, image);
    } else {
      refuse(".file.file_data", "must be a PDF, a text or an image for this model, as a data URL with its media type");
    }
  }

  void read_text(json::RawString data) {
    std::optional<std::string> text = decode_base64(json::unescape(data));
    if (!text) return refuse(".file.file_data", "must be base64");
    set(SourceKind::kText, {}, kText);
    source_.decoded = std::move(*text);
  }

  void read_file_id(json::RawString id) {
    if (id.text.starts_with("file-"))
      return refuse(".file.file_id", "names a file of OpenAI, which this model cannot read");
    draft_.need_beta(kFilesBeta);
    set(SourceKind::kFile, id);
  }

  void set(SourceKind kind, json::RawString data, std::string_view media_type = {}) {
    source_.kind = kind;
    source_.data = data;
    source_.media_type = media_type;
  }

  const std::string& path_;
  RequestDraft& draft_;
  MediaSource source_;
};

void write_source(const MediaSource& media, SplicedText& body, json::ObjectWriter& source) {
  switch (media.kind) {
    case SourceKind::kBase64:
      source.add("type", json::RawString{"base64"});
      source.add("media_type", json::RawString{media.media_type});
      return add_viewed(body, source, "data", media.data);
    case SourceKind::kText:
      source.add("type", json::RawString{"text"});
      source.add("media_type", json::RawString{media.media_type});
      return source.add_plain("data", media.decoded);
    case SourceKind::kUrl:
      source.add("type", json::RawString{"url"});
      return add_viewed(body, source, "url", media.data);
    case SourceKind::kFile: source.add("type", json::RawString{"file"}); return source.add("file_id", media.data);
  }
}

}  // namespace

MediaSource read_media(const chat::Part& part, const std::string& path, RequestDraft& draft) {
  return MediaReader(path, draft).read(part);
}

void write_media(const MediaSource& media, SplicedText& body, json::ObjectWriter& block) {
  block.add("type", json::RawString{media.is_document ? "document" : "image"});
  {
    json::ObjectWriter source(block.begin("source"));
    write_source(media, body, source);
  }
  if (media.is_document && !media.title.empty()) block.add("title", media.title);
}

}  // namespace onellm::dialects::anthropic_messages
