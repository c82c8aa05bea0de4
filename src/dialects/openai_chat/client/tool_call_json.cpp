#include "dialects/openai_chat/client/tool_call_json.h"

#include "dialects/common/client/one_line.h"
#include "dialects/openai_chat/client/own_form/own_form.h"
#include "json/writer.h"

namespace onellm::dialects::openai_chat {

namespace {

void append_after_comma(std::string& out, json::RawMembers members) {
  if (members.empty()) return;
  out += ',';
  append_on_one_line(out, members.text);
}

void write_call(const chat::AnswerToolCall& call, std::string& out) {
  json::ObjectWriter object(out);
  object.add("id", json::RawString{call.id});
  object.add("type", json::RawString{call.custom ? "custom" : "function"});
  {
    json::ObjectWriter tool(object.begin(call.custom ? "custom" : "function"));
    tool.add("name", json::RawString{call.name});
    tool.add(call.custom ? "input" : "arguments", json::RawString{call.arguments});
  }
  const bool has_own = call.extra_of == kOpenaiChat;
  const std::string signature = has_own ? std::string() : signature_member({call.signature});
  object.add(json::RawMembers{has_own ? call.extra : signature});
}

}  // namespace

bool has_no_place(const chat::Event& event, ToolCallShape shape) {
  return shape == ToolCallShape::kFunctionCall && event.tool_call > 0;
}

void append_opening(const chat::Event& event, ToolCallShape shape, std::string& out) {
  if (shape == ToolCallShape::kFunctionCall) {
    out += R"("function_call":{"name":")";
    out += event.name.text;
    out += R"(","arguments":""})";
    return;
  }
  out += R"("tool_calls":[{"index":)";
  json::append_integer(out, event.tool_call);
  out += R"(,"id":")";
  out += event.id.text;
  out += event.custom ? R"(","type":"custom","custom":{"name":")" : R"(","type":"function","function":{"name":")";
  out += event.name.text;
  out += event.custom ? R"(","input":""})" : R"(","arguments":""})";
  append_after_comma(out, event.delta_extra);
  out += "}]";
}

void append_arguments(const chat::Event& event, ToolCallShape shape, std::string& out) {
  if (shape == ToolCallShape::kFunctionCall) {
    out += R"("function_call":{"arguments":")";
    out += event.text.text;
    out += "\"}";
    return;
  }
  out += R"("tool_calls":[{"index":)";
  json::append_integer(out, event.tool_call);
  out += event.custom ? R"(,"custom":{"input":")" : R"(,"function":{"arguments":")";
  out += event.text.text;
  out += "\"}";
  append_after_comma(out, event.delta_extra);
  out += "}]";
}

void append_calls(const std::vector<chat::AnswerToolCall>& calls, ToolCallShape shape, std::string& out) {
  if (shape == ToolCallShape::kFunctionCall) {
    out += R"("function_call":)";
    json::ObjectWriter call(out);
    call.add("name", json::RawString{calls.front().name});
    call.add("arguments", json::RawString{calls.front().arguments});
    return;
  }
  out += R"("tool_calls":)";
  json::ArrayWriter array(out);
  for (const chat::AnswerToolCall& call : calls) write_call(call, array.next());
}

std::string_view finish_word(chat::FinishReason reason, ToolCallShape shape) {
  const bool renamed = shape == ToolCallShape::kFunctionCall && reason == chat::FinishReason::kToolCalls;
  return chat::to_string(renamed ? chat::FinishReason::kFunctionCall : reason);
}

}  // namespace onellm::dialects::openai_chat
