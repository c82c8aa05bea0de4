#include "dialects/openai_chat/model_list.h"

#include <utility>

#include "json/reader.h"

namespace onellm::dialects::openai_chat {

namespace {

void read_entries(json::Value& list, std::vector<ModelEntry>& out) {
  list.each_element([&out](size_t /*index*/, json::Value& element) {
    ModelEntry entry;
    element.each_member([&entry](json::RawString key, json::Value& value) {
      json::RawString id;
      if (json::key_is(key, "id") && value.read(id)) entry.id = json::unescape(id);
      if (json::key_is(key, "created") && !value.read(entry.created_s)) entry.created_s = 0;
    });
    if (!entry.id.empty()) out.push_back(std::move(entry));
  });
}

}  // namespace

std::vector<ModelEntry> decode_model_list(std::string_view body) {
  std::vector<ModelEntry> models;
  const json::Buffer text(body);
  json::Reader reader;
  if (!reader.open(text)) return {};
  json::Value root = reader.root();
  if (root.type() == json::Type::kArray) {
    read_entries(root, models);
  } else {
    root.each_member([&models](json::RawString key, json::Value& value) {
      if (json::key_is(key, "data")) read_entries(value, models);
    });
  }
  return reader.finish() ? models : std::vector<ModelEntry>{};
}

}  // namespace onellm::dialects::openai_chat
