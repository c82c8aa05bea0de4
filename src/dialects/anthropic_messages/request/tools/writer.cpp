// Writes the plan of request/tools/plan.h.
#include <string>

#include "dialects/anthropic_messages/request/schema/schema.h"
#include "dialects/anthropic_messages/request/tools/plan.h"
#include "dialects/common/request/raw_values.h"
#include "dialects/common/splice/spliced_writer.h"
#include "dialects/common/tools/hosted_tools.h"

namespace onellm::dialects::anthropic_messages {

namespace {

// Writes `renamed` if it is not empty, else `parameters`. `renamed` is copied, because the body outlives it.
void write_schema(json::Raw parameters, const std::string& renamed, SplicedText& body) {
  if (renamed.empty()) return append_input_schema(parameters, body);
  SplicedText schema;
  append_input_schema({renamed}, schema);
  body.text() += schema.finish().flat();
}

// A tool as a client of this dialect wrote it; empty: it is written from the other fields. Hosted tools of other
// clients were translated before.
json::RawMembers own_members(const chat::Tool& tool, const RequestDraft& draft) {
  if (tool.hosted != chat::HostedTool::kNone) return tool.hosted_members;
  return draft.request.source.dialect == kAnthropicMessages ? tool.raw : json::RawMembers{};
}

// The cache breakpoint may have been moved or left out, so it is written apart.
void write_own_tool(json::RawMembers members, json::Raw cache_control, json::ObjectWriter& object) {
  const std::string tool = "{" + std::string(members.text) + "}";
  read_raw({tool}, [&object](json::Value& value) {
    value.each_member([&object](json::RawString key, json::Value& member) {
      if (!json::key_is(key, "cache_control")) object.add(key.text, member.raw());
    });
  });
  if (!cache_control.empty()) object.add("cache_control", cache_control);
}

void write_tool(const PlannedTool& planned, const RequestDraft& draft, SplicedText& body, json::ObjectWriter& object) {
  const chat::Tool& tool = *planned.tool;
  const json::RawMembers own = own_members(tool, draft);
  if (!own.empty()) return write_own_tool(own, planned.cache_control, object);
  object.add("name", draft.names.sent(tool.name));
  if (!tool.description.empty()) add_viewed(body, object, "description", tool.description);
  std::string& schema = object.begin("input_schema");
  if (planned.is_strict && !tool.parameters.empty()) {
    append_strict_schema(planned.parameters.empty() ? tool.parameters : json::Raw{planned.parameters}, {}, schema);
    object.add("strict", true);
  } else {
    write_schema(tool.parameters, planned.parameters, body);
  }
  if (!planned.cache_control.empty()) object.add("cache_control", planned.cache_control);
}

// A tool of earlier turns. Its parameters are unknown, and the model cannot call it.
void write_past_tool(json::RawString name, SplicedText& body, json::ObjectWriter& object) {
  object.add("name", name);
  (void)object.begin("input_schema");
  append_input_schema({}, body);
}

void write_text_tool(const ToolPlan& plan, const chat::ResponseFormat& format, SplicedText& body,
                     json::ObjectWriter& object) {
  object.add("name", json::RawString{plan.text_tool});
  const json::RawString given = format.description;
  object.add("description", given.empty() ? json::RawString{"Gives the answer to the user."} : given);
  (void)object.begin("input_schema");
  write_schema(format.schema, plan.text_schema, body);
}

// https://docs.claude.com/en/docs/agents-and-tools/tool-use/web-search-tool
void write_web_search(json::Raw options, json::ObjectWriter& object) {
  object.add("type", json::RawString{"web_search_20250305"});
  object.add("name", json::RawString{"web_search"});
  read_raw(options, [&object](json::Value& value) {
    value.each_member([&object](json::RawString key, json::Value& location) {
      if (is_search_limit(key)) return object.add(key.text, location.raw());
      if (!json::key_is(key, "user_location")) return;
      location.each_member([&object](json::RawString kind, json::Value& place) {
        if (!json::key_is(kind, "approximate") || place.type() != json::Type::kObject) return;
        json::ObjectWriter user_location(object.begin("user_location"));
        user_location.add("type", json::RawString{"approximate"});
        place.each_member([&user_location](json::RawString name, json::Value& part) {
          if (!json::key_is(name, "type") && !part.is_null()) user_location.add(name.text, part.raw());
        });
      });
    });
  });
}

void write_choice(const ToolPlan& plan, const ToolNames& names, json::ObjectWriter& object) {
  const bool is_auto = plan.force == ToolForce::kAuto || (plan.force == ToolForce::kUnsaid && plan.one_at_a_time);
  if (plan.force == ToolForce::kUnsaid && !is_auto) return;
  json::ObjectWriter choice(object.begin("tool_choice"));
  if (plan.force == ToolForce::kNone) return choice.add("type", json::RawString{"none"});
  if (is_auto) {
    choice.add("type", json::RawString{"auto"});
  } else if (plan.force == ToolForce::kAny) {
    choice.add("type", json::RawString{"any"});
  } else {
    choice.add("type", json::RawString{"tool"});
    choice.add("name", plan.forced.empty() ? json::RawString{plan.text_tool} : names.sent(plan.forced));
  }
  if (plan.one_at_a_time) choice.add("disable_parallel_tool_use", true);
}

}  // namespace

void write_tools(const ToolPlan& plan, const RequestDraft& draft, SplicedText& body, json::ObjectWriter& object) {
  const bool has_none = plan.tools.empty() && plan.past_tools.empty() && plan.text_tool.empty();
  if (has_none && plan.web_search.empty()) return;
  {
    json::ArrayWriter tools(object.begin("tools"));
    for (const PlannedTool& planned : plan.tools) {
      json::ObjectWriter entry(tools.next());
      write_tool(planned, draft, body, entry);
    }
    for (const json::RawString name : plan.past_tools) {
      json::ObjectWriter entry(tools.next());
      write_past_tool(draft.names.sent(name), body, entry);
    }
    if (!plan.text_tool.empty()) {
      json::ObjectWriter entry(tools.next());
      write_text_tool(plan, draft.request.response_format, body, entry);
    }
    if (!plan.web_search.empty()) {
      json::ObjectWriter entry(tools.next());
      write_web_search(plan.web_search, entry);
    }
  }
  write_choice(plan, draft.names, object);
}

}  // namespace onellm::dialects::anthropic_messages
