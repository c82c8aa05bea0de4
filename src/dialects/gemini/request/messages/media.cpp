#include "dialects/gemini/request/messages/media.h"

#include <optional>
#include <utility>

#include "base/text.h"
#include "dialects/common/media/data_url.h"
#include "dialects/common/media/media_type.h"
#include "dialects/common/splice/spliced_writer.h"
#include "json/reader.h"
#include "json/writer.h"

namespace onellm::dialects::gemini {

namespace {

using chat::Part;
using chat::PartKind;
using json::key_is;

struct Extension {
  std::string_view extension;
  std::string_view mime_type;
};
// Types that Gemini fetches from the web. https://ai.google.dev/gemini-api/docs/file-input-methods
constexpr Extension kExtensions[] = {
    {"png", "image/png"},       {"jpg", "image/jpeg"},      {"jpeg", "image/jpeg"},       {"webp", "image/webp"},
    {"gif", "image/gif"},       {"bmp", "image/bmp"},       {"heic", "image/heic"},       {"heif", "image/heif"},
    {"pdf", "application/pdf"}, {"txt", "text/plain"},      {"md", "text/markdown"},      {"csv", "text/csv"},
    {"html", "text/html"},      {"xml", "text/xml"},        {"json", "application/json"}, {"mp4", "video/mp4"},
    {"webm", "video/webm"},     {"mov", "video/quicktime"}, {"mp3", "audio/mp3"},         {"wav", "audio/wav"},
};

constexpr std::string_view kSounds[] = {"wav", "mp3", "aiff", "aac", "ogg", "flac"};

// Google's own addresses: files uploaded to the API, and YouTube videos.
constexpr std::string_view kGooglesOwn[] = {"https://generativelanguage.googleapis.com/", "https://www.youtube.com/",
                                            "https://youtube.com/", "https://youtu.be/"};

bool is_googles_own(std::string_view url) {
  for (const std::string_view prefix : kGooglesOwn) {
    if (url.starts_with(prefix)) return true;
  }
  return false;
}

// The media type for the extension of a path or file name; empty if it is not known.
std::string mime_type_of(std::string_view path) {
  path = path.substr(0, path.find_first_of("?#"));
  const size_t dot = path.rfind('.');
  if (dot == path.npos) return {};
  const std::string extension = ascii_lower(path.substr(dot + 1));
  for (const Extension& row : kExtensions) {
    if (row.extension == extension) return std::string(row.mime_type);
  }
  return {};
}

// The media type of the data: by its first bytes, else `named`. If `named` is generic, the file's extension decides; if
// that is not known, `named` stays.
std::string type_of(json::RawString data, std::string_view named, json::RawString filename) {
  const std::string_view recognised = recognised_media_type(data);
  if (!recognised.empty()) return std::string(recognised);
  std::string by_name = is_generic_media_type(named) ? mime_type_of(json::unescape(filename)) : std::string();
  return by_name.empty() ? std::string(registered_media_type(named)) : by_name;
}

class MediaReader {
 public:
  MediaReader(RequestDraft& draft, const std::string& path) : draft_(draft), path_(path) {}

  Media read(const Part& part) {
    if (part.kind == PartKind::kImage) {
      read_address(part, part.url, ".image_url.url");
      read_detail(part.detail);
    } else if (part.kind == PartKind::kAudio) {
      read_sound(part);
    } else {
      read_file(part);
    }
    return std::move(media_);
  }

 private:
  void refuse(std::string_view field, std::string_view complaint, ErrorKind kind = ErrorKind::kBadRequest) {
    draft_.refuse(path_ + std::string(field), complaint, kind);
  }

  // `address` is an http(s) URL, or else the part has base64 data.
  void read_address(const Part& part, json::RawString address, std::string_view field) {
    if (is_web_url(address)) return read_web_url(address, field);
    const std::optional<DataUrl> data = data_of(part);
    if (!data || data->data.empty()) return refuse(field, "must be an http(s) URL, or a data URL with base64 data");
    media_.data = data->data;
    media_.mime_type = type_of(data->data, data->mime_type, part.filename);
    if (media_.mime_type.empty()) refuse(field, "must name its media type, as in data:image/png;base64,…");
  }

  void read_web_url(json::RawString url, std::string_view field) {
    const std::string plain = json::unescape(url);
    media_.uri = url;
    media_.mime_type = mime_type_of(plain);
    if (is_googles_own(plain)) return;
    if (!draft_.rules.fetches_urls) {
      return refuse(field, "is an address that this model cannot fetch: send a data URL",
                    ErrorKind::kUnsupportedParameter);
    }
    if (media_.mime_type.empty()) {
      refuse(field, "does not tell its media type by an extension that Gemini reads: send a data URL");
    }
  }

  void read_detail(json::RawString detail) {
    if (detail.empty() || key_is(detail, "auto")) return;
    const bool is_low = key_is(detail, "low");
    if (draft_.rules.takes_part_resolution && (is_low || key_is(detail, "high"))) {
      media_.resolution = is_low ? "MEDIA_RESOLUTION_LOW" : "MEDIA_RESOLUTION_HIGH";
    } else {
      draft_.drops.add("messages[].content[].image_url.detail");
    }
  }

  void read_sound(const Part& part) {
    media_.data = part.data;
    for (const std::string_view sound : kSounds) {
      if (key_is(part.format, sound)) media_.mime_type = "audio/" + std::string(sound);
    }
    if (media_.mime_type.empty()) refuse(".input_audio.format", "must be wav, mp3, aiff, aac, ogg or flac");
  }

  void read_file(const Part& part) {
    if (!part.url.empty()) return read_web_url(part.url, ".file.file_data");
    if (part.data.empty()) {
      return refuse(".file.file_id", "is a file of another provider: send file_data", ErrorKind::kUnsupportedParameter);
    }
    if (is_data_url(part.data) || is_web_url(part.data)) {
      return read_address(part, part.data, ".file.file_data");
    }
    media_.data = part.data;
    media_.mime_type = type_of(part.data, ascii_lower(json::unescape(part.media_type)), part.filename);
    if (media_.mime_type.empty()) media_.mime_type = "application/pdf";
  }

  RequestDraft& draft_;
  const std::string& path_;
  Media media_;
};

}  // namespace

Media read_media(RequestDraft& draft, const Part& part, const std::string& path) {
  return MediaReader(draft, path).read(part);
}

void write_media(SplicedText& out, const Media& media) {
  const bool is_inline = !media.data.empty();
  json::ObjectWriter part(out.text());
  {
    json::ObjectWriter source(part.begin(is_inline ? "inlineData" : "fileData"));
    if (!media.mime_type.empty()) source.add_plain("mimeType", media.mime_type);
    add_viewed(out, source, is_inline ? "data" : "fileUri", is_inline ? media.data : media.uri);
  }
  if (!media.resolution.empty()) {
    json::ObjectWriter(part.begin("mediaResolution")).add_plain("level", media.resolution);
  }
  if (!media.signature.empty()) add_viewed(out, part, "thoughtSignature", media.signature);
}

}  // namespace onellm::dialects::gemini
