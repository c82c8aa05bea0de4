#include "dialects/openai_chat/client/own_form/annotations.h"

#include "chat/members.h"
#include "json/reader.h"
#include "json/writer.h"

namespace onellm::dialects::openai_chat {

namespace {

using json::key_is;

// Writes a citation. Everything else in `{"type":"url_citation","url_citation":{…}}` stays unchanged.
void write_citation(json::Value& value, int64_t offset, std::string& out) {
  json::ObjectWriter citation(out);
  value.each_member([&](json::RawString key, json::Value& member) {
    int64_t index = 0;
    const bool is_place = key_is(key, "start_index") || key_is(key, "end_index");
    if (is_place && member.read(index)) {
      citation.add(key.text, index + offset);
    } else {
      citation.add(key.text, member.raw());
    }
  });
}

void write_annotation(json::Value& value, int64_t offset, std::string& out) {
  if (value.type() != json::Type::kObject) {
    out += value.raw().text;
    return;
  }
  json::ObjectWriter annotation(out);
  value.each_member([&](json::RawString key, json::Value& member) {
    std::string& place = annotation.begin(key.text);
    if (member.type() == json::Type::kObject) {
      write_citation(member, offset, place);
    } else {
      place += member.raw().text;
    }
  });
}

}  // namespace

void append_annotation(const chat::Citation& citation, std::string& elements) {
  if (!elements.empty()) elements += ',';
  json::ObjectWriter annotation(elements);
  annotation.add("type", json::RawString{"url_citation"});
  json::ObjectWriter place(annotation.begin("url_citation"));
  place.add("start_index", citation.begin);
  place.add("end_index", citation.end);
  place.add("url", citation.url);
  place.add("title", citation.title);
}

std::string shift_annotations(json::RawMembers delta_extra, int64_t offset) {
  if (!chat::has_member(delta_extra, "annotations")) return std::string(delta_extra.text);
  std::string shifted;
  const json::Buffer text("{" + std::string(delta_extra.text) + "}");
  json::Reader reader;
  if (!reader.open(text)) return std::string(delta_extra.text);
  json::Value root = reader.root();
  root.each_member([&](json::RawString key, json::Value& value) {
    if (!key_is(key, "annotations") || value.type() != json::Type::kArray) {
      return json::append_member(shifted, key, value.raw());
    }
    std::string list;
    {
      json::ArrayWriter array(list);
      value.each_element([&](size_t, json::Value& element) { write_annotation(element, offset, array.next()); });
    }
    json::append_member(shifted, key, {list});
  });
  return reader.finish() ? shifted : std::string(delta_extra.text);
}

}  // namespace onellm::dialects::openai_chat
