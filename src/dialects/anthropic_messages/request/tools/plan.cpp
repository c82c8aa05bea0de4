#include "dialects/anthropic_messages/request/tools/plan.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "dialects/anthropic_messages/request/cache_mark.h"
#include "dialects/anthropic_messages/request/schema/schema.h"
#include "dialects/anthropic_messages/request/tools/property_names.h"
#include "dialects/common/request/raw_values.h"

namespace onellm::dialects::anthropic_messages {

namespace {

using chat::is_forced;
using chat::Tool;
using chat::ToolChoice;
using chat::ToolChoiceKind;
using models::ForcedTools;

bool is_named(const Tool& tool, json::RawString name) {
  return tool.name == name || json::unescape(tool.name) == json::unescape(name);
}

class ToolPlanner {
 public:
  ToolPlanner(RequestDraft& draft, ThinkingPlan& thinking) : draft_(draft), thinking_(thinking) {}

  ToolPlan plan() {
    gather_tools();
    plan_.web_search = draft_.request.parameter("web_search_options");
    if (!plan_.web_search.empty()) check_web_search();
    if (plan_.tools.empty()) name_past_tools();
    if (!plan_.web_search.empty() && !plan_.past_tools.empty()) {
      draft_.drops.add("web_search_options");  // Past tools need tool_choice none, which forbids the search too.
      plan_.web_search = {};
    }
    choose();
    if (needs_text_tool(draft_)) add_text_tool();
    soften();
    plan_.one_at_a_time = plan_.one_at_a_time || draft_.request.parameter("parallel_tool_calls").text == "false";
    return std::move(plan_);
  }

 private:
  void gather_tools() {
    const chat::Request& request = draft_.request;
    for (size_t i = 0; i < request.tools.size(); ++i) {
      // A custom tool would be called like a function, and its grammar would not be enforced.
      if (request.tools[i].custom) {
        draft_.refuse("tools[" + std::to_string(i) + "].type", "must be function for this model",
                      ErrorKind::kUnsupportedParameter);
      }
      add(request.tools[i]);
    }
    for (const Tool& function : request.functions) add(function);
  }

  void add(const Tool& tool) {
    const bool asks_for_strict = tool.strict.value_or(false);
    const bool is_as_written = draft_.is_own() && !tool.raw.empty();
    const bool is_strict = asks_for_strict && !is_as_written && keeps_strict(tool);
    if (asks_for_strict && !is_strict && !is_as_written) draft_.drops.add("tools[].function.strict");
    plan_.tools.push_back({.tool = &tool,
                           .parameters = renamed_parameters(tool.name, tool.parameters),
                           .is_strict = is_strict,
                           .cache_control = cache_mark(tool.cache_control)});
  }

  // Empty: none is renamed. A custom tool, which has no parameters, may have the name of a function.
  std::string renamed_parameters(json::RawString tool, json::Raw parameters) const {
    const RenamedParameters* renamed = parameters.empty() ? nullptr : draft_.properties.of(tool);
    return renamed == nullptr ? std::string() : rename_parameters(*renamed, parameters);
  }

  // True if the API can enforce the schema of the tool; uses up room of the request's limits.
  bool keeps_strict(const Tool& tool) {
    if (!draft_.rules.takes_schemas || draft_.options.without_strict) return false;
    if (tool.parameters.empty()) return true;
    return is_plain_object(tool.parameters) && draft_.room.take_tool(measure_schema(tool.parameters, SchemaUse::kTool));
  }

  void check_web_search() {
    if (has_tool("web_search")) {
      draft_.drops.add("web_search_options");  // Two tools cannot have the same name.
      plan_.web_search = {};
      return;
    }
    read_raw(plan_.web_search, [this](json::Value& options) {
      options.each_member([this](json::RawString key, json::Value& value) {
        const bool is_size = json::key_is(key, "search_context_size");
        if (is_size && !value.is_null()) draft_.drops.add("web_search_options.search_context_size");
      });
    });
  }

  bool has_tool(std::string_view name) const {
    return draft_.names.is_made(name) ||
           std::any_of(plan_.tools.begin(), plan_.tools.end(),
                       [name](const PlannedTool& planned) { return is_named(*planned.tool, {name}); });
  }

  // The API refuses tool blocks in the conversation if the request has no tools. So the tools of earlier turns are
  // sent.
  void name_past_tools() {
    for (const chat::Message& message : draft_.request.messages) {
      for (const chat::ToolCall& call : message.tool_calls) add_past_tool(call.name);
      if (message.function_call) add_past_tool(message.function_call->name);
    }
    if (!plan_.past_tools.empty()) plan_.force = ToolForce::kNone;
  }

  void add_past_tool(json::RawString name) {
    if (past_names_.insert(name.text).second) plan_.past_tools.push_back(name);
  }

  void choose() {
    const ToolChoice& choice = draft_.request.tool_choice;
    if (plan_.tools.empty()) {
      if (is_forced(choice)) draft_.refuse("tool_choice", "needs tools to choose from");
      return;
    }
    switch (choice.kind) {
      case ToolChoiceKind::kUnset: return;
      case ToolChoiceKind::kNone: plan_.force = ToolForce::kNone; return;
      case ToolChoiceKind::kAuto: plan_.force = ToolForce::kAuto; return;
      case ToolChoiceKind::kRequired: plan_.force = ToolForce::kAny; return;
      case ToolChoiceKind::kNamed:
        plan_.force = ToolForce::kNamed;
        plan_.forced = choice.name;
        if (!has_tool(json::unescape(choice.name)))
          draft_.refuse("tool_choice", "names a tool that is not among the tools");
        return;
      case ToolChoiceKind::kHosted: return;  // Refused before this point.
      case ToolChoiceKind::kAllowed:
        plan_.force = choice.required ? ToolForce::kAny : ToolForce::kAuto;
        return keep_only(choice.allowed);
    }
  }

  void keep_only(const std::vector<json::RawString>& names) {
    std::set<std::string> allowed;
    for (const json::RawString name : names) allowed.insert(json::unescape(name));
    std::vector<PlannedTool> kept;
    for (const PlannedTool& planned : plan_.tools) {
      if (allowed.contains(json::unescape(planned.tool->name))) kept.push_back(planned);
    }
    plan_.tools = std::move(kept);
    if (plan_.tools.empty()) draft_.refuse("tool_choice", "allows no tool that is among the tools");
  }

  // The model must then call a tool: the text tool or one of the client's.
  void add_text_tool() {
    plan_.text_tool = "json";
    while (has_tool(plan_.text_tool)) plan_.text_tool += '_';
    const json::Raw schema = draft_.request.response_format.schema;
    draft_.properties.add({plan_.text_tool}, schema);
    plan_.text_schema = renamed_parameters({plan_.text_tool}, schema);
    const bool is_alone = plan_.tools.empty() || plan_.force == ToolForce::kNone;
    plan_.force = is_alone ? ToolForce::kNamed : ToolForce::kAny;
    plan_.one_at_a_time = is_alone;
  }

  // If the API cannot force a tool call, the choice becomes auto. A named tool is then sent as the only tool. With
  // signed thinking the list of tools must stay unchanged; then an instruction at the end asks for the call.
  void soften() {
    if (plan_.force != ToolForce::kAny && plan_.force != ToolForce::kNamed) return;
    const ForcedTools rule = draft_.rules.forced_tools;
    if (rule == ForcedTools::kFree) return;
    if (rule == ForcedTools::kUnlessThinking) {
      if (!thinking_.thinks || keep_from_thinking(thinking_, draft_)) return;
    }
    if (plan_.force == ToolForce::kNamed && draft_.sends_thoughts) plan_.wished = plan_.forced;
    if (plan_.force == ToolForce::kNamed && !draft_.sends_thoughts) keep_only({plan_.forced});
    plan_.force = ToolForce::kAuto;
    draft_.drops.add("tool_choice");
  }

  RequestDraft& draft_;
  ThinkingPlan& thinking_;
  ToolPlan plan_;
  std::set<std::string_view> past_names_;  // Names in plan_.past_tools; a set, as there may be thousands.
};

}  // namespace

bool needs_text_tool(const RequestDraft& draft) {
  // A forced tool call has no text that needs a format.
  return draft.wants_schema() && !draft.rules.takes_schemas && !is_forced(draft.request.tool_choice);
}

bool has_hosted_tools(const ToolPlan& plan) {
  return std::any_of(plan.tools.begin(), plan.tools.end(),
                     [](const PlannedTool& planned) { return planned.tool->hosted != chat::HostedTool::kNone; });
}

ToolPlan plan_tools(RequestDraft& draft, ThinkingPlan& thinking) { return ToolPlanner(draft, thinking).plan(); }

}  // namespace onellm::dialects::anthropic_messages
