#include "dialects/anthropic_messages/request/tools/property_names.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "dialects/common/request/raw_values.h"
#include "json/writer.h"

namespace onellm::dialects::anthropic_messages {

namespace {

constexpr size_t kNameBytesMax = 64;

bool is_taken(char c) { return is_letter_or_digit(c) || c == '_' || c == '.' || c == '-'; }

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

// Calls `read` with the text without escapes. Most texts have none and are not copied.
template <typename Read>
auto with_plain(json::RawString text, Read read) {
  const bool has_escapes = text.text.find('\\') != text.text.npos;
  return has_escapes ? read(std::string_view(json::unescape(text))) : read(text.text);
}

// The name to send, escaped, without quotes.
std::string_view sent_name(const RenamedParameters& renamed, json::RawString name) {
  const auto found = with_plain(name, [&renamed](std::string_view plain) { return renamed.find(plain); });
  return found == renamed.end() ? name.text : std::string_view(found->second);
}

void write_properties(const RenamedParameters& renamed, json::Value& properties, std::string& out) {
  json::ObjectWriter copy(out);
  properties.each_member(
      [&](json::RawString name, json::Value& schema) { copy.add(sent_name(renamed, name), schema.raw()); });
}

void write_required(const RenamedParameters& renamed, json::Value& required, std::string& out) {
  json::ArrayWriter copy(out);
  required.each_element([&](size_t /*index*/, json::Value& element) {
    json::RawString name;
    if (!element.read(name)) return;
    ((copy.next() += '"') += sent_name(renamed, name)) += '"';
  });
}

std::vector<std::string> property_names(json::Raw parameters) {
  std::vector<std::string> names;
  read_raw(parameters, [&names](json::Value& schema) {
    schema.each_member([&names](json::RawString key, json::Value& value) {
      if (!json::key_is(key, "properties")) return;
      value.each_member([&names](json::RawString name, json::Value& /*schema*/) { names.emplace_back(name.text); });
    });
  });
  return names;
}

}  // namespace

void PropertyNames::add(json::RawString tool, json::Raw parameters) {
  if (parameters.empty()) return;
  const std::vector<std::string> names = property_names(parameters);
  if (std::all_of(names.begin(), names.end(), [](const std::string& name) { return is_taken(std::string_view(name)); }))
    return;
  std::set<std::string> sent(names.begin(), names.end());
  std::map<std::string, size_t> numbers;  // The last number that each form got; thousands of names may share a form.
  RenamedParameters& renamed = tools_[json::unescape(tool)];
  for (const std::string& name : names) {
    if (is_taken(std::string_view(name))) continue;
    std::string plain = json::unescape({name});
    if (renamed.contains(plain)) continue;
    const std::string form = legal_form(plain);
    std::string candidate = form;
    size_t& last = numbers.try_emplace(form, 1).first->second;
    while (!sent.insert(candidate).second) {
      const std::string number = "_" + std::to_string(++last);
      candidate = form.substr(0, kNameBytesMax - number.size()) + number;
    }
    renamed.emplace(std::move(plain), std::move(candidate));
  }
}

const RenamedParameters* PropertyNames::of(json::RawString tool) const {
  if (tools_.empty()) return nullptr;
  const auto found = with_plain(tool, [this](std::string_view plain) { return tools_.find(plain); });
  return found == tools_.end() ? nullptr : &found->second;
}

std::vector<RenamedProperty> PropertyNames::take() {
  std::vector<RenamedProperty> properties;
  for (const auto& [tool, renamed] : tools_) {
    for (const auto& [name, sent] : renamed) {
      properties.push_back({.tool = tool, .sent = sent, .name = json::escape(name)});
    }
  }
  tools_.clear();
  std::sort(properties.begin(), properties.end(), [](const RenamedProperty& left, const RenamedProperty& right) {
    return std::tie(left.tool, left.sent) < std::tie(right.tool, right.sent);
  });
  return properties;
}

std::string rename_parameters(const RenamedParameters& renamed, json::Raw parameters) {
  std::string out;
  read_raw(parameters, [&](json::Value& schema) {
    json::ObjectWriter copy(out);
    schema.each_member([&](json::RawString key, json::Value& value) {
      if (json::key_is(key, "properties") && value.type() == json::Type::kObject) {
        write_properties(renamed, value, copy.begin(key.text));
      } else if (json::key_is(key, "required") && value.type() == json::Type::kArray) {
        write_required(renamed, value, copy.begin(key.text));
      } else {
        copy.add(key.text, value.raw());
      }
    });
  });
  return out;
}

void append_renamed_arguments(const RenamedParameters& renamed, json::Raw arguments, std::string& out) {
  read_raw(arguments, [&](json::Value& object) { write_properties(renamed, object, out); });
}

}  // namespace onellm::dialects::anthropic_messages
