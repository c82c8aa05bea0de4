#include "dialects/anthropic_messages/client/request/tools.h"

#include <map>
#include <string>
#include <utility>

#include "dialects/anthropic_messages/client/request/client_tools.h"
#include "dialects/common/tools/tool_names.h"

namespace onellm::dialects::anthropic_messages {

namespace {

using chat::HostedTool;
using chat::Tool;
using chat::ToolChoiceKind;
using json::key_is;

constexpr size_t kKindBytesMax = 64;  // A longer type is not named in replies.

struct HostedRow {
  std::string_view kind;
  HostedTool tool;
};
constexpr HostedRow kHosted[] = {
    {"web_search", HostedTool::kWebSearch},
    {"web_fetch", HostedTool::kWebFetch},
    {"code_execution", HostedTool::kCodeInterpreter},
};

HostedTool hosted_tool(std::string_view kind) {
  for (const HostedRow& row : kHosted) {
    if (row.kind == kind) return row.tool;
  }
  return HostedTool::kOther;
}

// The inside of an object, without its braces.
json::RawMembers members_of(json::Raw object) {
  return {object.empty() ? object.text : object.text.substr(1, object.text.size() - 2)};
}

class ToolDecoder {
 public:
  ToolDecoder(FieldReader& fields, chat::Request& request) : fields_(fields), request_(request) {}

  void decode(json::Value& value) {
    fields_.members(value, [this](json::RawString key, json::Value& member) { take(key, member); });
    if (fields_.complained()) return;
    const json::Raw whole = value.whole();
    const bool is_custom = type_.text.data() == nullptr || key_is(type_, "custom");
    const std::string_view kind = kind_of_tool(type_.text);
    const ClientTool* const known = is_custom ? nullptr : find_client_tool(kind);
    if (is_custom) {
      fields_.require(!tool_.name.empty(), "name");
      if (has_others_) tool_.raw = members_of(whole);
    } else if (known != nullptr) {
      define(*known);
      tool_.raw = members_of(whole);
    } else {
      tool_.hosted = hosted_tool(kind);
      tool_.hosted_members = members_of(whole);
      const bool is_short = kind.size() <= kKindBytesMax;
      tool_.left_out_as = is_short ? request_.keep("tools." + std::string(kind)) : std::string_view("tools");
    }
    if (!fields_.complained()) request_.tools.push_back(tool_);
  }

 private:
  void take(json::RawString key, json::Value& member) {
    if (key_is(key, "name")) {
      fields_.text_not_empty(member, tool_.name);
    } else if (key_is(key, "description")) {
      fields_.text(member, tool_.description);
    } else if (key_is(key, "input_schema")) {
      fields_.object(member, tool_.parameters);
    } else if (key_is(key, "cache_control")) {
      fields_.object(member, tool_.cache_control);
    } else if (key_is(key, "type")) {
      has_others_ = true;
      fields_.text_not_empty(member, type_);
    } else {
      has_others_ = true;
      bool is_strict = false;
      if (key_is(key, "strict") && member.read(is_strict) && is_strict) tool_.strict = true;
    }
  }

  void define(const ClientTool& known) {
    if (tool_.name.empty()) tool_.name = {known.name};
    if (tool_.description.empty()) tool_.description = {known.description};
    tool_.parameters = {known.parameters};
  }

  FieldReader& fields_;
  chat::Request& request_;
  Tool tool_;
  json::RawString type_;
  bool has_others_ = false;  // Members that chat::Tool does not hold.
};

// Complains of a name that is another tool's, too, where names have fewer characters.
void check_names(FieldReader& fields, const chat::Request& request) {
  std::map<std::string, size_t> places;
  for (size_t i = 0; i < request.tools.size(); ++i) {
    const Tool& tool = request.tools[i];
    if (tool.name.empty()) continue;
    std::string name = plain_tool_name(json::unescape(tool.name));
    const auto [known, is_new] = places.try_emplace(std::move(name), i);
    if (is_new) continue;
    const std::string other = json::unescape(request.tools[known->second].name);
    return fields.complain_of("tools." + std::to_string(i) + ".name",
                              "\"" + json::unescape(tool.name) + "\" and \"" + other + "\" (tools." +
                                  std::to_string(known->second) + ") are one name");
  }
}

bool is_named(const Tool& tool, json::RawString name) {
  return tool.name == name || json::unescape(tool.name) == json::unescape(name);
}

}  // namespace

void decode_tools(FieldReader& fields, json::Value& value, chat::Request& request) {
  fields.elements(value, [&](json::Value& element) { ToolDecoder(fields, request).decode(element); });
}

void decode_tool_choice(FieldReader& fields, json::Value& value, chat::Request& request) {
  json::RawString type;
  bool is_alone = false;
  chat::ToolChoice& choice = request.tool_choice;
  fields.members(value, [&](json::RawString key, json::Value& member) {
    if (key_is(key, "type")) fields.text(member, type);
    if (key_is(key, "name")) fields.text_not_empty(member, choice.name);
    if (key_is(key, "disable_parallel_tool_use")) fields.boolean(member, is_alone);
  });
  fields.require(type.text.data() != nullptr, "type");
  if (fields.complained()) return;
  if (is_alone) request.parameters.push_back({.name = "parallel_tool_calls", .value = {"false"}});
  if (key_is(type, "auto")) {
    choice.kind = ToolChoiceKind::kAuto;
  } else if (key_is(type, "any")) {
    choice.kind = ToolChoiceKind::kRequired;
  } else if (key_is(type, "none")) {
    choice.kind = ToolChoiceKind::kNone;
  } else if (key_is(type, "tool")) {
    choice.kind = ToolChoiceKind::kNamed;
    fields.require(!choice.name.empty(), "name");
  } else {
    fields.complain_of("type", "must be auto, any, tool or none");
  }
}

void check_tools(FieldReader& fields, chat::Request& request) {
  chat::ToolChoice& choice = request.tool_choice;
  check_names(fields, request);
  if (choice.kind == ToolChoiceKind::kNamed) {
    for (const Tool& tool : request.tools) {
      if (is_named(tool, choice.name)) return;
    }
    return fields.complain_of("tool_choice.name", "is not the name of one of the tools");
  }
  if (!request.tools.empty()) return;
  if (chat::is_forced(choice)) return fields.complain_of("tool_choice", "needs tools to choose from");
  choice = {};
  std::erase_if(request.parameters,
                [](const chat::Parameter& parameter) { return parameter.name == "parallel_tool_calls"; });
}

}  // namespace onellm::dialects::anthropic_messages
