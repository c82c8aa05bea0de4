#include "dialects/openai_chat/request/compose/tools.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace onellm::dialects::openai_chat {

namespace {

using chat::HostedTool;
using chat::Tool;
using chat::ToolChoice;
using chat::ToolChoiceKind;

class ToolWriter {
 public:
  ToolWriter(ComposeDraft& draft, json::ObjectWriter& body)
      : draft_(draft), request_(draft.request), choice_(draft.request.tool_choice), body_(body) {}

  void write() {
    std::vector<const Tool*> tools;
    for (const Tool& tool : request_.tools) {
      if (is_written(tool)) tools.push_back(&tool);
    }
    if (!tools.empty()) {
      json::ArrayWriter array(body_.begin("tools"));
      for (const Tool* tool : tools) write_tool(*tool, array.next());
    }
    if (!request_.functions.empty()) {
      json::ArrayWriter array(body_.begin("functions"));
      for (const Tool& function : request_.functions) {
        json::ObjectWriter object(array.next());
        write_function(function, object);
        write_mark(function, object);
      }
    }
    const bool has_tools = !tools.empty() || !request_.functions.empty();
    if (!has_tools && left_out_) return check_choice();
    write_choice();
  }

 private:
  bool is_written(const Tool& tool) {
    if (tool.foreign) return false;
    if (draft_.is_own || tool.left_out_as.empty()) return true;
    draft_.drops.add(tool.left_out_as);
    left_out_ = true;
    const bool is_chosen = choice_.kind == ToolChoiceKind::kNamed && choice_.name == tool.name;
    if (is_chosen) check_choice();
    return false;
  }

  // The tools are left out, so nothing can be chosen.
  void check_choice() {
    if (chat::is_forced(choice_)) draft_.refuse("tool_choice", "asks for a tool that this model does not have");
  }

  void write_tool(const Tool& tool, std::string& out) {
    json::ObjectWriter object(out);
    if (tool.hosted != HostedTool::kNone) return object.add(tool.hosted_members);
    const std::string_view type = tool.custom ? "custom" : "function";
    object.add("type", json::RawString{type});
    {
      json::ObjectWriter members(object.begin(type));
      tool.custom ? write_custom(tool, members) : write_function(tool, members);
    }
    write_mark(tool, object);
  }

  void write_function(const Tool& tool, json::ObjectWriter& function) {
    function.add("name", draft_.names.sent(tool.name));
    if (!tool.description.empty()) function.add("description", tool.description);
    if (!tool.parameters.empty()) function.add("parameters", tool.parameters);
    if (tool.strict) function.add("strict", *tool.strict);
  }

  void write_custom(const Tool& tool, json::ObjectWriter& custom) {
    custom.add("name", draft_.names.sent(tool.name));
    if (!tool.description.empty()) custom.add("description", tool.description);
    if (!tool.format.empty()) custom.add("format", tool.format);
  }

  void write_mark(const Tool& tool, json::ObjectWriter& object) {
    const bool is_marked = draft_.marks == MarkForm::kAsGiven && !tool.cache_control.empty();
    if (is_marked) object.add("cache_control", tool.cache_control);
  }

  // A request with the older `functions` chooses among them by the older member, too.
  void write_choice() {
    const bool is_older = request_.tools.empty() && !request_.functions.empty() && !choice_.custom;
    const std::string_view key = is_older ? "function_call" : "tool_choice";
    switch (choice_.kind) {
      case ToolChoiceKind::kUnset: return;
      case ToolChoiceKind::kNone: return body_.add(key, json::RawString{"none"});
      case ToolChoiceKind::kAuto: return body_.add(key, json::RawString{"auto"});
      case ToolChoiceKind::kRequired: return body_.add("tool_choice", json::RawString{"required"});
      case ToolChoiceKind::kNamed:
        return is_older ? write_name(choice_.name, body_.begin(key))
                        : write_named(choice_.custom, choice_.name, body_.begin(key));
      case ToolChoiceKind::kHosted: return write_hosted();
      case ToolChoiceKind::kAllowed: return write_allowed();
    }
  }

  void write_hosted() {
    if (left_out_) return check_choice();
    json::ObjectWriter(body_.begin("tool_choice")).add(choice_.hosted);
  }

  void write_allowed() {
    json::ObjectWriter object(body_.begin("tool_choice"));
    object.add("type", json::RawString{"allowed_tools"});
    json::ObjectWriter allowed(object.begin("allowed_tools"));
    allowed.add("mode", json::RawString{choice_.required ? "required" : "auto"});
    json::ArrayWriter tools(allowed.begin("tools"));
    for (const json::RawString name : choice_.allowed) write_named(is_custom(name), name, tools.next());
  }

  bool is_custom(json::RawString name) const {
    return std::any_of(request_.tools.begin(), request_.tools.end(),
                       [name](const Tool& tool) { return tool.custom && tool.name == name; });
  }

  void write_name(json::RawString name, std::string& out) {
    json::ObjectWriter(out).add("name", draft_.names.sent(name));
  }

  void write_named(bool custom, json::RawString name, std::string& out) {
    const std::string_view type = custom ? "custom" : "function";
    json::ObjectWriter object(out);
    object.add("type", json::RawString{type});
    write_name(name, object.begin(type));
  }

  ComposeDraft& draft_;
  const chat::Request& request_;
  const ToolChoice& choice_;
  json::ObjectWriter& body_;
  bool left_out_ = false;  // A tool was left out.
};

}  // namespace

void write_tools(ComposeDraft& draft, json::ObjectWriter& body) { ToolWriter(draft, body).write(); }

}  // namespace onellm::dialects::openai_chat
