#include "dialects/openai_chat/request/compose/parameters.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "dialects/common/request/reasoning_wish.h"
#include "dialects/common/request/settable_parameter.h"
#include "dialects/openai_chat/request/compose/reasoning.h"
#include "dialects/openai_chat/request/parameter_kind.h"

namespace onellm::dialects::openai_chat {

namespace {

using chat::Parameter;
using chat::ResponseFormatKind;

constexpr std::string_view kEffort = "reasoning_effort";
constexpr std::string_view kFormatName = "response";  // The API requires a name; other dialects have none.

void write_format(const chat::ResponseFormat& format, json::ObjectWriter& body) {
  const bool is_known = format.kind == ResponseFormatKind::kText || format.kind == ResponseFormatKind::kJsonObject ||
                        format.kind == ResponseFormatKind::kJsonSchema;
  if (!is_known) return;
  json::ObjectWriter object(body.begin("response_format"));
  if (format.kind == ResponseFormatKind::kText) return object.add("type", json::RawString{"text"});
  if (format.kind == ResponseFormatKind::kJsonObject) return object.add("type", json::RawString{"json_object"});
  object.add("type", json::RawString{"json_schema"});
  json::ObjectWriter schema(object.begin("json_schema"));
  schema.add("name", format.name.empty() ? json::RawString{kFormatName} : format.name);
  if (!format.description.empty()) schema.add("description", format.description);
  if (!format.schema.empty()) schema.add("schema", format.schema);
  if (format.strict) schema.add("strict", *format.strict);
}

void write_all(const std::vector<Parameter>& parameters, json::ObjectWriter& body) {
  for (const Parameter& parameter : parameters) body.add(json::escape(parameter.name), parameter.value);
}

// True if the request has tools, and none of them is sent.
bool loses_all_tools(const chat::Request& request) {
  return request.functions.empty() && !request.tools.empty() &&
         std::none_of(request.tools.begin(), request.tools.end(),
                      [](const chat::Tool& tool) { return tool.left_out_as.empty(); });
}

// True if settings name the parameter for this host: then it is sent, under this or another name.
bool is_for_host(const HostRules& host, std::string_view name) {
  if (!is_settable_parameter(name)) return false;
  const auto is_it = [name](const auto& renaming) { return renaming.first == name; };
  return std::find(host.pass.begin(), host.pass.end(), name) != host.pass.end() ||
         std::any_of(host.rename.begin(), host.rename.end(), is_it);
}

// Parameters of other APIs are not sent, since a host may refuse them.
void write_foreign(const Parameter& parameter, ComposeDraft& draft, json::ObjectWriter& body) {
  if (is_reasoning_parameter(parameter.name)) return;  // write_reasoning() writes it.
  if (is_for_host(draft.options.host, parameter.name)) {
    return body.add(json::escape(parameter.name), parameter.value);
  }
  const bool is_mark = parameter.name == "cache_control";
  if (!is_mark) draft.drops.add(parameter.name);
}

}  // namespace

void write_parameters(ComposeDraft& draft, json::ObjectWriter& body) {
  const chat::Request& request = draft.request;
  if (request.stream) body.add("stream", true);
  // Without a stream the API refuses it.
  if (request.stream && request.include_usage)
    json::ObjectWriter(body.begin("stream_options")).add("include_usage", true);
  if (request.n != 1) body.add("n", int64_t{request.n});
  write_format(request.response_format, body);
  if (draft.is_own) {
    write_all(request.parameters, body);
    return write_all(request.unknown, body);
  }
  for (const Parameter& parameter : request.parameters) {
    const bool is_of_tools = parameter.name == "parallel_tool_calls";
    if (is_of_tools && loses_all_tools(request)) continue;  // The API refuses it alone.
    if (parameter.name != kEffort) body.add(parameter.name, parameter.value);
  }
  write_reasoning(draft, body);
  for (const Parameter& parameter : request.unknown) write_foreign(parameter, draft, body);
}

}  // namespace onellm::dialects::openai_chat
