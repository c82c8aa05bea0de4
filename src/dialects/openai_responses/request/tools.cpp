#include "dialects/openai_responses/request/tools.h"

#include <algorithm>
#include <string_view>

#include "dialects/common/request/raw_values.h"
#include "dialects/common/splice/spliced_writer.h"
#include "dialects/common/tools/hosted_tools.h"

namespace onellm::dialects::openai_responses {

namespace {

using chat::Tool;
using chat::ToolChoice;
using chat::ToolChoiceKind;

// Writes an object such as {"type":"grammar","grammar":{…}} on one level: the inner members go beside the type.
void write_flat(json::Raw nested, json::ObjectWriter& object) {
  read_raw(nested, [&object](json::Value& value) {
    value.each_member([&object](json::RawString key, json::Value& member) {
      if (member.type() != json::Type::kObject) return object.add(key.text, member.raw());
      member.each_member([&object](json::RawString name, json::Value& inner) {
        if (!json::key_is(name, "type") && !inner.is_null()) object.add(name.text, inner.raw());
      });
    });
  });
}

void write_function(const Tool& tool, json::RawString name, SplicedText& body, json::ObjectWriter& object) {
  object.add("type", json::RawString{"function"});
  object.add("name", name);
  // Both `strict` and `parameters` are required. The default of `strict` is false in Chat Completions but true here.
  object.add("strict", tool.strict.value_or(false));
  const bool has_parameters = !tool.parameters.empty();
  add_viewed(body, object, "parameters",
             has_parameters ? tool.parameters : json::Raw{R"({"type":"object","properties":{}})"});
}

void write_custom_tool(const Tool& tool, json::RawString name, json::ObjectWriter& object) {
  object.add("type", json::RawString{"custom"});
  object.add("name", name);
  if (tool.format.empty()) return;
  json::ObjectWriter format(object.begin("format"));
  write_flat(tool.format, format);
}

// Writes a hosted tool (run by OpenAI itself) as the client wrote it. Anthropic's search and code execution get
// OpenAI's name and the members that OpenAI has.
void write_hosted_tool(const Tool& tool, Drops& drops, json::ObjectWriter& object) {
  // A tool that is too long to be read is OpenAI's: Anthropic's are short.
  if (tool.hosted == chat::HostedTool::kOther || tool.hosted == chat::HostedTool::kWebFetch || !can_read_members(tool))
    return object.add(tool.hosted_members);
  const HostedMembers members = read_hosted_members(tool.hosted_members);
  if (!members.is_of_anthropic) return object.add(tool.hosted_members);
  const bool searches = tool.hosted == chat::HostedTool::kWebSearch;
  object.add("type", json::RawString{searches ? "web_search" : "code_interpreter"});
  if (!searches) object.add("container", json::Raw{R"({"type":"auto"})"});
  if (searches && !members.user_location.empty()) object.add("user_location", json::Raw{members.user_location});
  for (const auto& [name, value] : members.limits) {
    if (!searches || name != "allowed_domains") {
      drops.add("tools[]." + name);
    } else {
      json::ObjectWriter filters(object.begin("filters"));
      filters.add(name, json::Raw{value});
    }
  }
  for (const std::string& name : members.others) drops.add("tools[]." + name);
}

void write_tool(const Tool& tool, RequestDraft& draft, std::string& out) {
  const json::RawString name = draft.names.sent(tool.name);
  json::ObjectWriter object(out);
  if (tool.hosted != chat::HostedTool::kNone) return write_hosted_tool(tool, draft.drops, object);
  if (tool.custom) {
    write_custom_tool(tool, name, object);
  } else {
    write_function(tool, name, draft.body, object);
  }
  if (!tool.description.empty()) add_viewed(draft.body, object, "description", tool.description);
}

// https://platform.openai.com/docs/guides/tools-web-search
void write_web_search(json::Raw options, std::string& out) {
  json::ObjectWriter object(out);
  object.add("type", json::RawString{"web_search"});
  read_raw(options, [&object](json::Value& value) {
    value.each_member([&object](json::RawString key, json::Value& member) {
      if (json::key_is(key, "search_context_size")) object.add(key.text, member.raw());
      if (!json::key_is(key, "user_location") || member.type() != json::Type::kObject) return;
      json::ObjectWriter location(object.begin(key.text));
      const json::Raw nested = member.raw();
      write_flat(nested, location);
    });
  });
}

void write_named(bool custom, json::RawString name, std::string& out) {
  json::ObjectWriter object(out);
  object.add("type", json::RawString{custom ? "custom" : "function"});
  object.add("name", name);
}

// True of a tool of another provider that the client can do without.
bool is_left_out(const Tool& tool) { return tool.hosted != chat::HostedTool::kWebSearch && !tool.left_out_as.empty(); }

bool is_custom(const chat::Request& request, json::RawString name) {
  return std::any_of(request.tools.begin(), request.tools.end(),
                     [name](const Tool& tool) { return tool.custom && tool.name == name; });
}

// The tool of that name, if its provider runs it.
const Tool* hosted_of_name(const chat::Request& request, json::RawString name) {
  for (const Tool& tool : request.tools) {
    if (tool.hosted != chat::HostedTool::kNone && tool.name == name) return &tool;
  }
  return nullptr;
}

void choose_hosted(const Tool& tool, RequestDraft& draft, json::ObjectWriter& body) {
  if (is_left_out(tool)) return draft.refuse("tool_choice", "asks for a tool that this model does not have");
  json::ObjectWriter(body.begin("tool_choice")).add("type", json::RawString{"web_search"});
}

void write_choice(RequestDraft& draft, json::ObjectWriter& body) {
  const chat::Request& request = draft.request;
  const ToolChoice& choice = request.tool_choice;
  if (chat::is_forced(choice) && draft.options.contract.forced_tools == models::ForcedTools::kRefused) {
    draft.drops.add("tool_choice");
    return body.add("tool_choice", json::RawString{"auto"});
  }
  switch (choice.kind) {
    case ToolChoiceKind::kUnset: return;
    case ToolChoiceKind::kNone: return body.add("tool_choice", json::RawString{"none"});
    case ToolChoiceKind::kAuto: return body.add("tool_choice", json::RawString{"auto"});
    case ToolChoiceKind::kRequired: return body.add("tool_choice", json::RawString{"required"});
    case ToolChoiceKind::kNamed:
      if (const Tool* const tool = hosted_of_name(request, choice.name)) return choose_hosted(*tool, draft, body);
      return write_named(choice.custom, draft.names.sent(choice.name), body.begin("tool_choice"));
    case ToolChoiceKind::kHosted: {
      json::ObjectWriter object(body.begin("tool_choice"));
      return object.add(choice.hosted);
    }
    case ToolChoiceKind::kAllowed: break;
  }
  json::ObjectWriter object(body.begin("tool_choice"));
  object.add("type", json::RawString{"allowed_tools"});
  object.add("mode", json::RawString{choice.required ? "required" : "auto"});
  json::ArrayWriter tools(object.begin("tools"));
  for (const json::RawString name : choice.allowed)
    write_named(is_custom(request, name), draft.names.sent(name), tools.next());
}

}  // namespace

bool loses_all_tools(const chat::Request& request) {
  return request.functions.empty() && !request.tools.empty() &&
         std::all_of(request.tools.begin(), request.tools.end(), is_left_out);
}

void write_tools(RequestDraft& draft, json::ObjectWriter& body) {
  const chat::Request& request = draft.request;
  const json::Raw web_search = request.parameter("web_search_options");
  const bool leaves_out_all =
      !request.tools.empty() && std::all_of(request.tools.begin(), request.tools.end(), is_left_out);
  for (const Tool& tool : request.tools) {
    if (is_left_out(tool)) draft.drops.add(tool.left_out_as);
  }
  const bool has_tools = !leaves_out_all && !request.tools.empty();
  if (has_tools || !request.functions.empty() || !web_search.empty()) {
    json::ArrayWriter tools(body.begin("tools"));
    for (const Tool& tool : request.tools) {
      if (!is_left_out(tool)) write_tool(tool, draft, tools.next());
    }
    for (const Tool& function : request.functions) write_tool(function, draft, tools.next());
    if (!web_search.empty()) write_web_search(web_search, tools.next());
  }
  if (leaves_out_all && request.functions.empty() && web_search.empty()) {
    if (chat::is_forced(request.tool_choice)) {
      draft.refuse("tool_choice", "asks for a tool that this model does not have");
    }
    return;
  }
  write_choice(draft, body);
}

}  // namespace onellm::dialects::openai_responses
