#include "dialects/gemini/reply/partial_arguments.h"

#include <algorithm>
#include <utility>

#include "base/limits.h"
#include "json/reader.h"

namespace onellm::dialects::gemini {

using json::key_is;

bool PartialArguments::add(json::Raw partial_arguments, std::string& out) {
  const json::Buffer text(partial_arguments.text);
  json::Reader reader;
  bool fits = reader.open(text);
  if (!fits) return false;
  const bool is_array = reader.root().each_element([&](size_t, json::Value& element) {
    Entry entry;
    element.each_member([&](json::RawString key, json::Value& value) {
      json::RawString string;
      if (key_is(key, "jsonPath") && value.read(string)) entry.path = json::unescape(string);
      if (key_is(key, "stringValue") && value.read(entry.text)) entry.has_value = true;
      if (key_is(key, "numberValue") || key_is(key, "boolValue")) entry.scalar = value.raw();
      if (key_is(key, "nullValue")) entry.scalar = {"null"};
    });
    fits = fits && add_entry(entry, out);
  });
  return is_array && reader.finish() && fits;
}

bool PartialArguments::add_entry(const Entry& entry, std::string& out) {
  if (!text_open_ || entry.path != text_path_ || !entry.scalar.empty()) {
    if (!entry.has_value && entry.scalar.empty()) return true;
    std::vector<Step> place;
    if (!read_path(entry.path, place) || !move_to(std::move(place), out)) return false;
    if (!entry.scalar.empty()) {
      out += entry.scalar.text;
      return true;
    }
    out += '"';
    text_open_ = true;
    text_path_ = entry.path;
  }
  out += entry.text.text;
  return true;
}

// Reads `$` followed by steps: `.key`, `['key']`, `["key"]`, `[0]`.
bool PartialArguments::read_path(std::string_view path, std::vector<Step>& steps) {
  if (!path.starts_with('$')) return false;
  path.remove_prefix(1);
  while (!path.empty()) {
    if (steps.size() == kJsonDepthMax) return false;
    std::string_view end_mark = "]";
    if (path.starts_with("['")) end_mark = "']";
    if (path.starts_with("[\"")) end_mark = "\"]";
    const bool is_dot = path.starts_with('.');
    if (!is_dot && !path.starts_with('[')) return false;
    const size_t begin = is_dot ? 1 : end_mark.size();
    const size_t end = is_dot ? std::min(path.find_first_of(".[", begin), path.size()) : path.find(end_mark, begin);
    if (end == path.npos || end == begin) return false;

    Step step{.is_index = !is_dot && end_mark.size() == 1, .name = {}};
    json::quote_to(step.name, path.substr(begin, end - begin));
    steps.push_back(std::move(step));
    path.remove_prefix(is_dot ? end : end + end_mark.size());
  }
  return !steps.empty();
}

// Closes the objects and arrays that do not contain `place`, and opens those that do, up to its value.
bool PartialArguments::move_to(std::vector<Step> place, std::string& out) {
  end_text(out);
  const size_t depth_max = std::min(place.size(), place_.size());
  size_t common = 0;
  while (common < depth_max && place[common] == place_[common]) ++common;
  if (!place_.empty()) {
    // Invalid: the same place gets a second value, or is used both as an array and as an object.
    if (common == depth_max || place[common].is_index != place_[common].is_index) return false;
  }
  for (size_t depth = place_.size(); depth-- > common + 1;) out += place_[depth].is_index ? ']' : '}';
  if (!place_.empty()) out += ',';
  for (size_t depth = common; depth < place.size(); ++depth) {
    if (depth > common || place_.empty()) out += place[depth].is_index ? '[' : '{';
    if (!place[depth].is_index) (out += place[depth].name) += ':';
  }
  place_ = std::move(place);
  return true;
}

void PartialArguments::end_text(std::string& out) {
  if (std::exchange(text_open_, false)) out += '"';
}

void PartialArguments::close(std::string& out) {
  end_text(out);
  if (place_.empty()) out += "{}";
  for (size_t depth = place_.size(); depth-- > 0;) out += place_[depth].is_index ? ']' : '}';
  place_.clear();
}

}  // namespace onellm::dialects::gemini
