#include "dialects/openai_chat/tool_decoder.h"

namespace onellm::dialects {

namespace {

using chat::Tool;
using json::key_is;

// {"name", "description", "parameters", "strict"}: a function, or the "function" of a tool.
void take_function(FieldReader& fields, json::Value& value, Tool& tool) {
  fields.members(value, [&](json::RawString key, json::Value& member) {
    if (key_is(key, "name")) fields.text_not_empty(member, tool.name);
    if (key_is(key, "description")) fields.text(member, tool.description);
    if (key_is(key, "parameters")) fields.object(member, tool.parameters);
    if (key_is(key, "strict")) fields.boolean(member, tool.strict);
    if (key_is(key, "cache_control") && !member.is_null()) tool.cache_control = member.raw();
  });
  fields.require(!tool.name.empty(), "name");
}

// {"name", "description", "format"}: the "custom" of a tool.
void take_custom(FieldReader& fields, json::Value& value, Tool& tool) {
  fields.members(value, [&](json::RawString key, json::Value& member) {
    if (key_is(key, "name")) fields.text_not_empty(member, tool.name);
    if (key_is(key, "description")) fields.text(member, tool.description);
    if (key_is(key, "format")) fields.object(member, tool.format);
  });
  fields.require(!tool.name.empty(), "name");
}

Tool decode_tool(FieldReader& fields, json::Value& value) {
  Tool function;
  Tool custom;
  custom.custom = true;
  bool has_type = false;
  ToolType type = ToolType::kFunction;
  json::Raw cache_control;
  bool has_function = false;
  bool has_custom = false;
  fields.members(value, [&](json::RawString key, json::Value& member) {
    if (key_is(key, "type")) {
      has_type = true;
      type = read_tool_type(fields, member);
    } else if (type == ToolType::kForeign) {
      return;
    } else if (key_is(key, "cache_control") && !member.is_null()) {
      cache_control = member.raw();
    } else if (key_is(key, "function")) {
      has_function = true;
      take_function(fields, member, function);
    } else if (key_is(key, "custom")) {
      has_custom = true;
      take_custom(fields, member, custom);
    }
  });
  fields.require(has_type, "type");
  if (type == ToolType::kForeign) {
    Tool foreign;
    foreign.foreign = true;
    return foreign;
  }
  if (type == ToolType::kCustom) {
    fields.require(has_custom, "custom");
    return custom;
  }
  fields.require(has_function, "function");
  if (!cache_control.empty()) function.cache_control = cache_control;
  return function;
}

}  // namespace

ToolType read_tool_type(FieldReader& fields, json::Value& value) {
  json::RawString type;
  fields.text(value, type);
  if (key_is(type, "function")) return ToolType::kFunction;
  if (key_is(type, "custom")) return ToolType::kCustom;
  fields.note_foreign_type();
  return ToolType::kForeign;
}

std::vector<Tool> decode_tools(FieldReader& fields, json::Value& value) {
  std::vector<Tool> tools;
  fields.elements(value, [&](json::Value& element) { tools.push_back(decode_tool(fields, element)); });
  return tools;
}

std::vector<Tool> decode_functions(FieldReader& fields, json::Value& value) {
  std::vector<Tool> functions;
  fields.elements(value, [&](json::Value& element) { take_function(fields, element, functions.emplace_back()); });
  return functions;
}

}  // namespace onellm::dialects
