// Decodes which tools the model must call: `tool_choice`, and the older `function_call`.
#include <algorithm>
#include <iterator>
#include <utility>

#include "dialects/common/client/extra_members.h"
#include "dialects/openai_chat/client/borrowed/forms.h"
#include "dialects/openai_chat/client/request/tools.h"

namespace onellm::dialects::openai_chat {

namespace {

using chat::ToolChoice;
using chat::ToolChoiceKind;
using json::key_is;

constexpr std::string_view kChoices = "must be a string, or an object that names a tool";
constexpr std::string_view kChoiceTypes[] = {"function", "custom", "allowed_tools"};

// The name in {"name"}, the value of "function" or "custom" in a tool_choice.
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

// Decodes the object forms of tool_choice, which differ by their type.
class ChoiceDecoder {
 public:
  ChoiceDecoder(FieldReader& fields, chat::Request& request) : fields_(fields), request_(request) {}

  ToolChoice decode(json::Value& value) {
    fields_.members(value, [this](json::RawString key, json::Value& member) { take(key, member); });
    fields_.require(!type_.empty(), "type");
    const bool is_function = key_is(type_, "function");
    const bool is_custom = key_is(type_, "custom");
    const bool is_flat = has_name_ && ((is_function && function_.empty()) || (is_custom && custom_.empty()));
    if (is_flat || is_borrowed_choice(type_)) fields_.note_borrowed_form();
    if (is_function || is_custom) {
      choice_.kind = ToolChoiceKind::kNamed;
      choice_.custom = is_custom;
      choice_.name = is_custom ? custom_ : function_;
      fields_.require(!choice_.name.empty(), is_custom ? "custom" : "function");
    } else if (is_hosted_) {
      choice_.kind = ToolChoiceKind::kHosted;
      choice_.hosted = extra_.finish(request_);
    } else if (!is_foreign_) {
      choice_.kind = ToolChoiceKind::kAllowed;
      fields_.require(has_allowed_, "allowed_tools");
    }
    return std::move(choice_);
  }

 private:
  void take(json::RawString key, json::Value& member) {
    const bool is_other = is_foreign_ || is_hosted_;
    if (key_is(key, "type")) {
      take_type(key, member);
    } else if (!is_other && key_is(key, "function")) {
      function_ = take_name(fields_, member);
    } else if (!is_other && key_is(key, "custom")) {
      custom_ = take_name(fields_, member);
    } else if (!is_other && key_is(key, "allowed_tools")) {
      has_allowed_ = true;
      take_allowed_tools(fields_, member, choice_);
    } else {
      has_name_ = has_name_ || key_is(key, "name");
      extra_.add(key, member.raw());
    }
  }

  void take_type(json::RawString key, json::Value& member) {
    fields_.text_not_empty(member, type_);
    if (fields_.complained()) return;
    extra_.add(key, {{type_.text.data() - 1, type_.text.size() + 2}});
    is_hosted_ = hosted_tool(type_) != chat::HostedTool::kNone;
    is_foreign_ = !is_hosted_ && std::none_of(std::begin(kChoiceTypes), std::end(kChoiceTypes),
                                              [this](std::string_view known) { return key_is(type_, known); });
    if (is_foreign_) fields_.note_foreign_type();
  }

  FieldReader& fields_;
  chat::Request& request_;
  ToolChoice choice_;
  json::RawString type_;
  json::RawString function_;
  json::RawString custom_;
  bool has_allowed_ = false;
  bool is_foreign_ = false;
  bool is_hosted_ = false;
  bool has_name_ = false;  // A name beside the type, a borrowed form (client/borrowed/forms.h).
  ExtraMembers extra_;
};

}  // namespace

ToolChoice decode_tool_choice(FieldReader& fields, json::Value& value, chat::Request& request) {
  if (value.type() == json::Type::kObject) return ChoiceDecoder(fields, request).decode(value);
  ToolChoice choice;
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
    fields.note_foreign_type();  // Such as Mistral's "any".
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

}  // namespace onellm::dialects::openai_chat
