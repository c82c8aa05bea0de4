// GEMINI_SAFETY_SETTINGS: `[{"category":"HARM_CATEGORY_HARASSMENT","threshold":"BLOCK_NONE"}]`, or shorter
// `{"HARASSMENT":"BLOCK_NONE"}`. Only the format is checked here: Gemini returns an error for an unknown name.
//
// Rule: if the filters are malformed, the provider is not available, since it would answer without the wanted filters.
#include <string>
#include <string_view>

#include "json/reader.h"
#include "routing/settings/providers.h"

namespace onellm::routing {

namespace {

// True for an array whose elements all have the members of a filter.
bool is_filter_list(json::Value root) {
  bool all_good = true;
  const bool is_array = root.each_element([&](size_t /*index*/, json::Value& element) {
    json::RawString category;
    json::RawString threshold;
    element.each_member([&](json::RawString key, json::Value& value) {
      if (json::key_is(key, "category") && !value.read(category)) all_good = false;
      if (json::key_is(key, "threshold") && !value.read(threshold)) all_good = false;
    });
    if (category.empty() || threshold.empty()) all_good = false;
  });
  return is_array && all_good;
}

// True for an object of thresholds by category.
bool is_filter_object(json::Value root) {
  bool all_good = true;
  const bool is_object = root.each_member([&](json::RawString /*category*/, json::Value& value) {
    json::RawString threshold;
    if (!value.read(threshold)) all_good = false;
  });
  return is_object && all_good;
}

}  // namespace

bool read_safety_settings(std::string_view setting, SettingValues& values, std::string& out) {
  const std::string text = values.json(setting);
  if (text.empty()) return true;

  const json::Buffer buffer(text);
  json::Reader reader;
  const bool is_good =
      reader.open(buffer) && (text[0] == '[' ? is_filter_list(reader.root()) : is_filter_object(reader.root()));
  if (reader.finish() && is_good) {
    out = text;
    return true;
  }
  values.report(setting, "must be a JSON array of categories with thresholds, or an object of them");
  return false;
}

}  // namespace onellm::routing
