// Which tools the model must call: `tool_choice`, and the older `function_call`.
#include "dialects/openai_chat/tool_decoder.h"

namespace onellm::dialects {

namespace {

using chat::ToolChoice;
using chat::ToolChoiceKind;
using json::key_is;

constexpr std::string_view kChoices = "must be none, auto, required, or an object that names a tool";

// {"name"}, as tool_choice has it below "function" or "custom".
json::RawString take_name(FieldReader& fields, json::Value& value) {
  json::RawString name;
  fields.members(value, [&](json::RawString key, json::Value& member) {
    if (key_is(key, "name")) fields.text_not_empty(member, name);
  });
  fields.require(!name.empty(), "name");
  return name;
}

// {"type":"function","function":{"name"}}, or the same with "custom".
struct NamedTool {
  bool custom = false;
  json::RawString name;
};
NamedTool decode_named_tool(FieldReader& fields, json::Value& value) {
  NamedTool named;
  bool has_type = false;
  json::RawString function;
  json::RawString custom;
  fields.members(value, [&](json::RawString key, json::Value& member) {
    if (key_is(key, "type")) {
      has_type = true;
      read_tool_type(fields, member, named.custom);
    } else if (key_is(key, "function")) {
      function = take_name(fields, member);
    } else if (key_is(key, "custom")) {
      custom = take_name(fields, member);
    }
  });
  fields.require(has_type, "type");
  named.name = named.custom ? custom : function;
  fields.require(!named.name.empty(), named.custom ? "custom" : "function");
  return named;
}

// {"mode":"auto","tools":[…]}: the "allowed_tools" of tool_choice.
void take_allowed_tools(FieldReader& fields, json::Value& value, ToolChoice& choice) {
  bool has_mode = false;
  fields.members(value, [&](json::RawString key, json::Value& member) {
    if (key_is(key, "mode")) {
      has_mode = true;
      json::RawString mode;
      fields.text(member, mode);
      choice.required = key_is(mode, "required");
      if (!choice.required && !key_is(mode, "auto")) fields.complain("must be auto or required");
    } else if (key_is(key, "tools")) {
      choice.allowed.clear();
      fields.elements(member,
                      [&](json::Value& tool) { choice.allowed.push_back(decode_named_tool(fields, tool).name); });
    }
  });
  fields.require(has_mode, "mode");
  fields.require(!choice.allowed.empty(), "tools");
}

// The object forms of tool_choice, told apart by their type.
void take_choice_object(FieldReader& fields, json::Value& value, ToolChoice& choice) {
  json::RawString type;
  json::RawString function;
  json::RawString custom;
  bool has_allowed = false;
  fields.members(value, [&](json::RawString key, json::Value& member) {
    if (key_is(key, "type")) {
      fields.text_not_empty(member, type);
    } else if (key_is(key, "function")) {
      function = take_name(fields, member);
    } else if (key_is(key, "custom")) {
      custom = take_name(fields, member);
    } else if (key_is(key, "allowed_tools")) {
      has_allowed = true;
      take_allowed_tools(fields, member, choice);
    }
  });
  fields.require(!type.empty(), "type");
  if (key_is(type, "function")) {
    choice.kind = ToolChoiceKind::kNamed;
    choice.name = function;
    fields.require(!function.empty(), "function");
  } else if (key_is(type, "custom")) {
    choice.kind = ToolChoiceKind::kNamed;
    choice.custom = true;
    choice.name = custom;
    fields.require(!custom.empty(), "custom");
  } else if (key_is(type, "allowed_tools")) {
    choice.kind = ToolChoiceKind::kAllowed;
    fields.require(has_allowed, "allowed_tools");
  } else {
    fields.complain_of("type", "must be function, custom or allowed_tools");
  }
}

}  // namespace

ToolChoice decode_tool_choice(FieldReader& fields, json::Value& value) {
  ToolChoice choice;
  if (value.type() == json::Type::kObject) {
    take_choice_object(fields, value, choice);
    return choice;
  }
  json::RawString word;
  if (!value.read(word)) {
    fields.complain(kChoices);
  } else if (key_is(word, "none")) {
    choice.kind = ToolChoiceKind::kNone;
  } else if (key_is(word, "auto")) {
    choice.kind = ToolChoiceKind::kAuto;
  } else if (key_is(word, "required")) {
    choice.kind = ToolChoiceKind::kRequired;
  } else {
    fields.complain(kChoices);
  }
  return choice;
}

ToolChoice decode_function_choice(FieldReader& fields, json::Value& value) {
  ToolChoice choice;
  if (value.type() == json::Type::kObject) {
    choice.kind = ToolChoiceKind::kNamed;
    choice.name = take_name(fields, value);
    return choice;
  }
  json::RawString word;
  const bool is_text = value.read(word);
  if (is_text && key_is(word, "none")) {
    choice.kind = ToolChoiceKind::kNone;
  } else if (is_text && key_is(word, "auto")) {
    choice.kind = ToolChoiceKind::kAuto;
  } else {
    fields.complain("must be none, auto, or an object that names a function");
  }
  return choice;
}

}  // namespace onellm::dialects
