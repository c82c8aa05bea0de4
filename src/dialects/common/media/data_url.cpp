#include "dialects/common/media/data_url.h"

#include <string_view>

#include "base/text.h"

namespace onellm::dialects {

namespace {

constexpr std::string_view kBase64 = ";base64";
constexpr size_t kHeadBytesMax = 512;  // Limit for the part before the comma.

bool starts_with_scheme(json::RawString url, std::string_view scheme) {
  return ascii_lower(url.text.substr(0, scheme.size())) == scheme;
}

}  // namespace

bool is_data_url(json::RawString url) { return starts_with_scheme(url, "data:"); }

bool is_web_url(json::RawString url) {
  // Some clients write every slash as `\/`.
  return starts_with_scheme(url, "https:") || starts_with_scheme(url, "http:");
}

std::optional<DataUrl> split_data_url(json::RawString url) {
  if (!is_data_url(url)) return std::nullopt;
  const size_t comma = url.text.substr(0, kHeadBytesMax).find(',');
  if (comma == std::string_view::npos) return std::nullopt;
  const std::string head = ascii_lower(json::unescape({url.text.substr(0, comma)}));
  if (!head.ends_with(kBase64)) return std::nullopt;
  const size_t begin = std::string_view("data:").size();
  const size_t end = head.find(';');
  return DataUrl{.mime_type = std::string(trim(std::string_view(head).substr(begin, end - begin))),
                 .data = {url.text.substr(comma + 1)}};
}

std::optional<DataUrl> data_of(const chat::Part& part) {
  const json::RawString address = part.kind == chat::PartKind::kImage && part.data.empty() ? part.url : part.data;
  if (is_data_url(address)) return split_data_url(address);
  if (part.data.empty() || is_web_url(part.data)) return std::nullopt;
  return DataUrl{.mime_type = ascii_lower(json::unescape(part.media_type)), .data = part.data};
}

}  // namespace onellm::dialects
