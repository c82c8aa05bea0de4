#include "dialects/anthropic_messages/model_list.h"

#include <utility>

#include "base/time/rfc3339.h"
#include "json/reader.h"

namespace onellm::dialects::anthropic_messages {

namespace {

constexpr int64_t kMsPerSecond = 1000;

void read_entry(json::Value& element, ModelPage& page) {
  ModelEntry entry;
  element.each_member([&entry](json::RawString key, json::Value& value) {
    json::RawString text;
    if (json::key_is(key, "id") && value.read(text)) entry.id = json::unescape(text);
    if (json::key_is(key, "created_at") && value.read(text)) {
      // Models without a known date have the Unix epoch.
      entry.created_s = read_rfc3339_ms(json::unescape(text)).value_or(0) / kMsPerSecond;
    }
  });
  if (!entry.id.empty()) page.models.push_back(std::move(entry));
}

}  // namespace

ModelPage decode_model_list(std::string_view body) {
  ModelPage page;
  bool has_more = false;
  const json::Buffer text(body);
  json::Reader reader;
  if (!reader.open(text)) return {};
  reader.root().each_member([&](json::RawString key, json::Value& value) {
    json::RawString last_id;
    if (json::key_is(key, "data")) {
      value.each_element([&page](size_t /*index*/, json::Value& element) { read_entry(element, page); });
    } else if (json::key_is(key, "has_more") && !value.read(has_more)) {
      has_more = false;
    } else if (json::key_is(key, "last_id") && value.read(last_id)) {
      page.next = json::unescape(last_id);
    }
  });
  if (!reader.finish()) return {};
  if (!has_more) page.next.clear();
  return page;
}

}  // namespace onellm::dialects::anthropic_messages
