// Rewrites tools and tool_choice: write_tool_form() and write_choice_form() of client/borrowed/forms.h.
#include <algorithm>
#include <array>

#include "base/limits.h"
#include "dialects/common/request/raw_values.h"
#include "dialects/openai_chat/client/borrowed/forms.h"
#include "json/reader.h"

namespace onellm::dialects::openai_chat {

namespace {

using json::key_is;
using Members = std::vector<RawMember>;

constexpr std::string_view kOneCall = "disable_parallel_tool_use";
constexpr std::array<std::string_view, 4> kChoices = {"auto", "any", "none", "tool"};

void copy(const Members& from, std::string_view key, std::string_view as, json::ObjectWriter& object) {
  const json::Raw value = find_raw(from, key);
  if (!value.empty()) object.add(as, value);
}

bool has(const Members& members, std::string_view key) { return !find_raw(members, key).empty(); }

// Writes a function from {"name","description","input_schema"}, or with "parameters" instead of "input_schema".
void write_function(const Members& tool, std::string_view parameters, std::string& out) {
  json::ObjectWriter object(out);
  object.add("type", json::RawString{"function"});
  {
    json::ObjectWriter function(object.begin("function"));
    copy(tool, "name", "name", function);
    copy(tool, "description", "description", function);
    copy(tool, parameters, "parameters", function);
    copy(tool, "strict", "strict", function);
  }
  copy(tool, "cache_control", "cache_control", object);
}

// {"type":"grammar","syntax","definition"} becomes {"type":"grammar","grammar":{…}}.
void write_format(json::Raw format, json::ObjectWriter& custom) {
  read_raw(format, [&](json::Value& value) {
    size_t room = kBorrowedValuesMax;
    const Members members = read_raw_members(value, room);
    if (room == 0) return custom.add("format", format);
    json::ObjectWriter object(custom.begin("format"));
    copy(members, "type", "type", object);
    copy(members, "grammar", "grammar", object);
    if (!has(members, "definition")) return;
    json::ObjectWriter grammar(object.begin("grammar"));
    copy(members, "syntax", "syntax", grammar);
    copy(members, "definition", "definition", grammar);
  });
}

void write_custom(const Members& tool, std::string& out) {
  json::ObjectWriter object(out);
  object.add("type", json::RawString{"custom"});
  json::ObjectWriter custom(object.begin("custom"));
  copy(tool, "name", "name", custom);
  copy(tool, "description", "description", custom);
  const json::Raw format = find_raw(tool, "format");
  if (!format.empty()) write_format(format, custom);
}

void write_as_it_was(const Members& members, std::string& out) {
  json::ObjectWriter object(out);
  for (const RawMember& member : members) object.add(member.key.text, member.value);
}

void write_named(std::string_view type, json::RawString name, std::string& out) {
  json::ObjectWriter object(out);
  object.add("type", json::RawString{type});
  json::ObjectWriter tool(object.begin(type));
  tool.add("name", name);
}

}  // namespace

bool is_borrowed_choice(json::RawString type) {
  return std::any_of(kChoices.begin(), kChoices.end(), [type](std::string_view name) { return key_is(type, name); });
}

void write_tool_form(const Members& tool, std::string& out) {
  const json::RawString type = find_text(tool, "type");
  const bool is_nested = has(tool, "function") || has(tool, "custom");
  const bool has_type = has(tool, "type");
  const bool is_any = !has_type || key_is(type, "custom") || key_is(type, "function");
  if (!is_nested && has(tool, "input_schema") && is_any) {
    return write_function(tool, "input_schema", out);
  }
  if (!is_nested && has(tool, "name") && key_is(type, "function")) return write_function(tool, "parameters", out);
  if (!is_nested && has(tool, "name") && key_is(type, "custom")) return write_custom(tool, out);
  write_as_it_was(tool, out);
}

bool write_choice_form(const Members& choice, std::string& out) {
  const json::RawString type = find_text(choice, "type");
  const json::RawString name = find_text(choice, "name");
  const bool is_flat = !name.empty() && !has(choice, "function") && !has(choice, "custom");
  const bool one_call = find_raw(choice, kOneCall).text == "true";
  if (key_is(type, "auto") || key_is(type, "none")) {
    out.append("\"").append(type.text) += '"';
  } else if (key_is(type, "any")) {
    out += R"("required")";
  } else if (is_flat && (key_is(type, "tool") || key_is(type, "function"))) {
    write_named("function", name, out);
  } else if (is_flat && key_is(type, "custom")) {
    write_named("custom", name, out);
  } else {
    Members others = choice;
    if (one_call) std::erase_if(others, [](const RawMember& member) { return key_is(member.key, kOneCall); });
    write_as_it_was(others, out);
  }
  return one_call;
}

}  // namespace onellm::dialects::openai_chat
