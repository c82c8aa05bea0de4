#include "dialects/gemini/request/messages/answer.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "dialects/common/media/data_url.h"
#include "dialects/common/request/raw_values.h"
#include "dialects/gemini/request/messages/media.h"
#include "json/reader.h"

namespace onellm::dialects::gemini {

namespace {

using json::key_is;
using Role = Contents::Role;

constexpr std::string_view kImages = "messages[].images";
constexpr std::string_view kServerParts = "messages[].extra_content.google.parts";

struct Text {
  json::RawString text = {};
  json::RawString signature = {};
};

// Reads the URL of `{"image_url":{"url":"…"}}`.
json::RawString read_url(json::Value& image) {
  json::RawString url;
  image.each_member([&url](json::RawString key, json::Value& source) {
    if (!key_is(key, "image_url")) return;
    source.each_member([&url](json::RawString name, json::Value& value) {
      if (key_is(name, "url") && !value.read(url)) url = {};
    });
  });
  return url;
}

// The images of an earlier answer. Images without data in their URL are dropped.
std::vector<Media> read_images(RequestDraft& draft, json::Raw given) {
  std::vector<Media> images;
  if (given.empty()) return images;
  const json::Buffer copy(given.text);
  json::Reader reader;
  if (!reader.open(copy)) return images;
  const auto take = [&](size_t, json::Value& image) {
    std::optional<DataUrl> url = split_data_url(read_url(image));
    if (!url || url->data.empty() || url->mime_type.empty()) return draft.drops.add(kImages);
    const auto begin = static_cast<size_t>(url->data.text.data() - copy.text().data());
    const json::RawString lasting{given.text.substr(begin, url->data.text.size())};
    images.push_back({.mime_type = std::move(url->mime_type), .data = lasting});
  };
  if (!reader.root().each_element(take)) draft.drops.add(kImages);
  return images;
}

void write_server_parts(RequestDraft& draft, json::Raw parts, Contents& contents) {
  if (parts.empty()) return;
  bool all_good = draft.rules.web_search == models::WebSearch::kBeside;
  const auto write = [&](size_t, json::Value& part) {
    all_good = all_good && part.type() == json::Type::kObject;
    if (all_good) contents.next(Role::kModel).text() += part.raw().text;
  };
  read_raw(parts, [&](json::Value& array) { array.each_element(write); });
  if (!all_good) draft.drops.add(kServerParts);
}

}  // namespace

// The signature of the message goes to the last image. Without images it goes to the last text; without texts, to an
// empty one. Where texts have signatures of their own, that of the message is one of them.
void write_answer(RequestDraft& draft, const chat::Message& message, Contents& contents) {
  write_server_parts(draft, message.server_parts, contents);
  const bool is_refused = draft.options.without_thoughts && !message.signature.empty();
  if (is_refused) draft.drops.add("messages[].extra_content");
  std::vector<Text> texts;
  json::RawString signature = is_refused ? json::RawString{} : message.signature;
  for (const chat::Part& part : message.parts) {
    if (part.text.empty()) continue;
    texts.push_back({part.text, is_refused ? json::RawString{} : part.signature});  // Texts and refusals.
    if (!part.signature.empty()) signature = {};
  }
  if (!message.refusal.empty()) texts.push_back({message.refusal, {}});
  std::vector<Media> images = read_images(draft, message.images);
  if (!images.empty()) {
    images.back().signature = signature;
  } else {
    if (texts.empty()) texts.emplace_back();
    if (!signature.empty()) texts.back().signature = signature;
  }
  for (const Text& text : texts) contents.add_text(Role::kModel, text.text, text.signature);
  for (const Media& image : images) write_media(contents.next(Role::kModel), image);
}

}  // namespace onellm::dialects::gemini
