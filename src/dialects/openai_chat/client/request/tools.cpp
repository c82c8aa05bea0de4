#include "dialects/openai_chat/client/request/tools.h"

#include "dialects/common/client/extra_members.h"

namespace onellm::dialects::openai_chat {

namespace {

using chat::HostedTool;
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

class ToolDecoder {
 public:
  ToolDecoder(FieldReader& fields, chat::Request& request) : fields_(fields), request_(request) {
    custom_.custom = true;
  }

  Tool decode(json::Value& value) {
    fields_.members(value, [this](json::RawString key, json::Value& member) { take(key, member); });
    const bool is_flat = has_name_ && !has_function_ && !has_custom_ && has_type_ && type_ != ToolType::kForeign;
    if (is_flat || has_input_schema_) fields_.note_borrowed_form();
    fields_.require(has_type_, "type");
    Tool other;
    if (hosted_ != HostedTool::kNone) {
      other.hosted = hosted_;
      other.hosted_members = extra_.finish(request_);
      return other;
    }
    if (type_ == ToolType::kForeign) {
      other.foreign = true;
      return other;
    }
    if (type_ == ToolType::kCustom) {
      fields_.require(has_custom_, "custom");
      return custom_;
    }
    fields_.require(has_function_, "function");
    if (!cache_control_.empty()) function_.cache_control = cache_control_;
    return function_;
  }

 private:
  void take(json::RawString key, json::Value& member) {
    if (key_is(key, "type")) {
      take_type(key, member);
    } else if (type_ != ToolType::kForeign && key_is(key, "function")) {
      has_function_ = true;
      take_function(fields_, member, function_);
    } else if (type_ != ToolType::kForeign && key_is(key, "custom")) {
      has_custom_ = true;
      take_custom(fields_, member, custom_);
    } else {
      const json::Raw raw = member.raw();
      if (key_is(key, "cache_control")) cache_control_ = raw;
      has_name_ = has_name_ || key_is(key, "name");
      has_input_schema_ = has_input_schema_ || (type_ != ToolType::kForeign && key_is(key, "input_schema"));
      extra_.add(key, raw);
    }
  }

  void take_type(json::RawString key, json::Value& member) {
    has_type_ = true;
    json::RawString type;
    fields_.text(member, type);
    if (fields_.complained()) return;
    hosted_ = hosted_tool(type);
    type_ = hosted_ == HostedTool::kNone ? tool_type(fields_, type) : ToolType::kForeign;
    extra_.add(key, {{type.text.data() - 1, type.text.size() + 2}});
  }

  FieldReader& fields_;
  chat::Request& request_;
  Tool function_;
  Tool custom_;
  bool has_type_ = false;
  ToolType type_ = ToolType::kFunction;
  HostedTool hosted_ = HostedTool::kNone;
  json::Raw cache_control_;
  bool has_function_ = false;
  bool has_custom_ = false;
  bool has_name_ = false;          // A name beside the type, as in the Responses API: client/borrowed/forms.h.
  bool has_input_schema_ = false;  // As in Anthropic's API: client/borrowed/forms.h.
  ExtraMembers extra_;
};

struct HostedRow {
  std::string_view name;
  bool has_versions;  // The type may be the name with a suffix: a date or `_preview`.
  HostedTool tool;
};
constexpr HostedRow kHosted[] = {
    {"web_search", true, HostedTool::kWebSearch},  // With `_preview` or one of Anthropic's dates.
    {"code_interpreter", false, HostedTool::kCodeInterpreter},
    {"code_execution", true, HostedTool::kCodeInterpreter},  // Anthropic's name.
    {"file_search", false, HostedTool::kOther},
    {"image_generation", false, HostedTool::kOther},
    {"mcp", false, HostedTool::kOther},
};

}  // namespace

HostedTool hosted_tool(json::RawString type) {
  for (const HostedRow& row : kHosted) {
    const bool is_version =
        row.has_versions && type.text.starts_with(row.name) && type.text.substr(row.name.size()).starts_with('_');
    if (type.text == row.name || is_version) return row.tool;
  }
  return HostedTool::kNone;
}

ToolType read_tool_type(FieldReader& fields, json::Value& value) {
  json::RawString type;
  fields.text(value, type);
  return tool_type(fields, type);
}

ToolType tool_type(FieldReader& fields, json::RawString type) {
  if (key_is(type, "function")) return ToolType::kFunction;
  if (key_is(type, "custom")) return ToolType::kCustom;
  fields.note_foreign_type();
  return ToolType::kForeign;
}

std::vector<Tool> decode_tools(FieldReader& fields, json::Value& value, chat::Request& request) {
  std::vector<Tool> tools;
  fields.elements(value, [&](json::Value& element) { tools.push_back(ToolDecoder(fields, request).decode(element)); });
  return tools;
}

std::vector<Tool> decode_functions(FieldReader& fields, json::Value& value) {
  std::vector<Tool> functions;
  fields.elements(value, [&](json::Value& element) { take_function(fields, element, functions.emplace_back()); });
  return functions;
}

}  // namespace onellm::dialects::openai_chat
