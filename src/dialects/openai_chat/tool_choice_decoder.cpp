// Which tools the model must call: `tool_choice`, and the older `function_call`.
#include <algorithm>
#include <iterator>

#include "dialects/openai_chat/tool_decoder.h"

namespace onellm::dialects {

namespace {

using chat::ToolChoice;
using chat::ToolChoiceKind;
using json::key_is;

constexpr std::string_view kChoices = "must be a string, or an object that names a tool";
constexpr std::string_view kChoiceTypes[] = {"function", "custom", "allowed_tools"};

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
  ToolType type = ToolType::kFunction;
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
      named.type = read_tool_type(fields, member);
    } else if (named.type == ToolType::kForeign) {
      return;
    } else if (key_is(key, "function")) {
      function = take_name(fields, member);
    } else if (key_is(key, "custom")) {
      custom = take_name(fields, member);
    }
  });
  fields.require(has_type, "type");
  const bool is_custom = named.type == ToolType::kCustom;
  named.name = is_custom ? custom : function;
  const bool is_foreign = named.type == ToolType::kForeign;
  fields.require(is_foreign || !named.name.empty(), is_custom ? "custom" : "function");
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
  bool is_foreign = false;
  fields.members(value, [&](json::RawString key, json::Value& member) {
    if (key_is(key, "type")) {
      fields.text_not_empty(member, type);
      is_foreign = std::none_of(std::begin(kChoiceTypes), std::end(kChoiceTypes),
                                [type](std::string_view known) { return key_is(type, known); });
      if (is_foreign) fields.note_foreign_type();
    } else if (is_foreign) {
      return;
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
  } else if (!is_foreign) {
    choice.kind = ToolChoiceKind::kAllowed;
    fields.require(has_allowed, "allowed_tools");
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
    fields.note_foreign_type();  // As Mistral's "any".
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
