#include "dialects/openai_responses/reply/content_filters.h"

#include <cstdint>

#include "dialects/common/request/raw_values.h"
#include "json/writer.h"

namespace onellm::dialects::openai_responses {

namespace {

struct Entry {
  bool blocked = false;
  json::RawString source;
  json::Raw results;
};

Entry read_entry(json::Value& value) {
  Entry entry;
  value.each_member([&entry](json::RawString key, json::Value& member) {
    if (json::key_is(key, "blocked")) {
      if (!member.read(entry.blocked)) entry.blocked = false;
    } else if (json::key_is(key, "source_type")) {
      if (!member.read(entry.source)) entry.source = {};
    } else if (json::key_is(key, "content_filter_results") && member.type() == json::Type::kObject) {
      entry.results = member.raw();
    }
  });
  return entry;
}

}  // namespace

FilterResults read_filter_results(json::Raw content_filters) {
  FilterResults out;
  if (!content_filters.text.starts_with('[')) return out;
  std::string prompts;
  int64_t prompt_index = 0;
  bool is_blocked = false;
  read_raw(content_filters, [&](json::Value& array) {
    array.each_element([&](size_t /*index*/, json::Value& element) {
      const Entry entry = read_entry(element);
      if (entry.results.empty()) return;
      if (json::key_is(entry.source, "prompt")) {
        if (!prompts.empty()) prompts += ',';
        json::ObjectWriter prompt(prompts);
        prompt.add("prompt_index", prompt_index++);
        prompt.add("content_filter_results", entry.results);
      } else if (!is_blocked) {
        out.answer = entry.results.text;
        is_blocked = entry.blocked;
      }
    });
  });
  if (!prompts.empty()) out.prompt = "[" + prompts + "]";
  return out;
}

}  // namespace onellm::dialects::openai_responses
