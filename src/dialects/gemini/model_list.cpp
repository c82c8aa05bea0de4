#include "dialects/gemini/model_list.h"

#include <utility>

#include "json/reader.h"

namespace onellm::dialects::gemini {

namespace {

constexpr std::string_view kPrefix = "models/";

void read_model(json::Value& value, FunctionRef<bool(std::string_view)> serves, std::vector<ModelEntry>& models) {
  ModelEntry entry;
  bool is_served = false;
  value.each_member([&](json::RawString key, json::Value& member) {
    json::RawString text;
    if (json::key_is(key, "name") && member.read(text)) entry.id = json::unescape(text);
    if (!json::key_is(key, "supportedGenerationMethods")) return;
    member.each_element([&](size_t, json::Value& method) {
      json::RawString name;
      if (method.read(name)) is_served = is_served || serves(name.text);
    });
  });
  if (entry.id.starts_with(kPrefix)) entry.id.erase(0, kPrefix.size());
  if (is_served && !entry.id.empty()) models.push_back(std::move(entry));
}

}  // namespace

ModelPage decode_model_list(std::string_view body, FunctionRef<bool(std::string_view)> serves) {
  const json::Buffer buffer(body);
  json::Reader reader;
  ModelPage page;
  if (!reader.open(buffer)) return {};
  reader.root().each_member([&](json::RawString key, json::Value& value) {
    json::RawString token;
    if (json::key_is(key, "nextPageToken") && value.read(token)) page.next = json::unescape(token);
    if (!json::key_is(key, "models")) return;
    value.each_element([&](size_t, json::Value& model) { read_model(model, serves, page.models); });
  });
  return reader.finish() ? std::move(page) : ModelPage{};
}

}  // namespace onellm::dialects::gemini
