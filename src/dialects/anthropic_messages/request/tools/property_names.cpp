#include "dialects/anthropic_messages/request/tools/property_names.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "dialects/common/request/raw_values.h"
#include "json/writer.h"

namespace onellm::dialects::anthropic_messages {

namespace {

constexpr size_t kNameBytesMax = 64;

bool is_taken(char c) {
  const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return is_letter || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
}

bool is_taken(std::string_view name) {
  return !name.empty() && name.size() <= kNameBytesMax &&
         std::all_of(name.begin(), name.end(), [](char c) { return is_taken(c); });
}

std::string legal_form(std::string_view name) {
  std::string legal;
  for (const char c : name) legal += is_taken(c) ? c : '_';
  if (legal.empty()) legal = "_";
  if (legal.size() > kNameBytesMax) legal.resize(kNameBytesMax);
  return legal;
}

bool is_of(const RenamedProperty& property, json::RawString tool) { return property.tool == tool.text; }

// The name to send, escaped, without quotes.
std::string_view sent_name(json::RawString tool, json::RawString name, const RenamedProperties& renamed) {
  for (const RenamedProperty& property : renamed) {
    if (is_of(property, tool) && property.name == name.text) return property.sent;
  }
  return name.text;
}

// Copies an object. `write` returns true if it wrote the value of a member itself.
template <typename Write>
void copy_object(json::Value& object, json::ObjectWriter& copy, Write write) {
  object.each_member([&](json::RawString key, json::Value& value) {
    if (!write(key, value)) copy.add(key.text, value.raw());
  });
}

void write_properties(json::RawString tool, json::Value& properties, const RenamedProperties& renamed,
                      std::string& out) {
  json::ObjectWriter copy(out);
  properties.each_member(
      [&](json::RawString name, json::Value& schema) { copy.add(sent_name(tool, name, renamed), schema.raw()); });
}

void write_required(json::RawString tool, json::Value& required, const RenamedProperties& renamed, std::string& out) {
  json::ArrayWriter copy(out);
  required.each_element([&](size_t /*index*/, json::Value& element) {
    json::RawString name;
    if (!element.read(name)) return;
    ((copy.next() += '"') += sent_name(tool, name, renamed)) += '"';
  });
}

}  // namespace

void find_renamed_properties(json::RawString tool, json::Raw parameters, RenamedProperties& renamed) {
  if (parameters.empty()) return;
  std::vector<std::string> names;
  read_raw(parameters, [&names](json::Value& schema) {
    schema.each_member([&names](json::RawString key, json::Value& value) {
      if (!json::key_is(key, "properties")) return;
      value.each_member([&names](json::RawString name, json::Value& /*schema*/) { names.emplace_back(name.text); });
    });
  });
  std::set<std::string> sent(names.begin(), names.end());
  std::map<std::string, size_t> numbers;  // The last number that each form got; thousands of names may share a form.
  for (const std::string& name : names) {
    if (is_taken(std::string_view(name))) continue;
    const std::string form = legal_form(json::unescape({name}));
    std::string candidate = form;
    size_t& last = numbers.try_emplace(form, 1).first->second;
    while (!sent.insert(candidate).second) {
      const std::string number = "_" + std::to_string(++last);
      candidate = form.substr(0, kNameBytesMax - number.size()) + number;
    }
    renamed.push_back({.tool = std::string(tool.text), .sent = std::move(candidate), .name = name});
  }
}

bool has_renamed(json::RawString tool, const RenamedProperties& renamed) {
  return std::any_of(renamed.begin(), renamed.end(),
                     [tool](const RenamedProperty& property) { return is_of(property, tool); });
}

std::string rename_parameters(json::RawString tool, json::Raw parameters, const RenamedProperties& renamed) {
  std::string out;
  // If two tools have the same name, one of them may have no parameters.
  if (parameters.empty() || !has_renamed(tool, renamed)) return out;
  read_raw(parameters, [&](json::Value& schema) {
    json::ObjectWriter copy(out);
    copy_object(schema, copy, [&](json::RawString key, json::Value& value) {
      if (json::key_is(key, "properties") && value.type() == json::Type::kObject) {
        write_properties(tool, value, renamed, copy.begin(key.text));
        return true;
      }
      if (json::key_is(key, "required") && value.type() == json::Type::kArray) {
        write_required(tool, value, renamed, copy.begin(key.text));
        return true;
      }
      return false;
    });
  });
  return out;
}

void append_renamed_arguments(json::RawString tool, json::Raw arguments, const RenamedProperties& renamed,
                              std::string& out) {
  read_raw(arguments, [&](json::Value& object) { write_properties(tool, object, renamed, out); });
}

}  // namespace onellm::dialects::anthropic_messages
