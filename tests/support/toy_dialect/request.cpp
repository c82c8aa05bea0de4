// Writes a request of the toy dialect.
#include <optional>
#include <string>

#include "dialects/common/errors/complaint.h"
#include "dialects/common/foreign/foreign_source.h"
#include "dialects/common/request/drops.h"
#include "dialects/common/tools/call_arguments.h"
#include "json/writer.h"
#include "support/toy_dialect/dialect.h"

namespace onellm::test::toy {

namespace {

std::string_view key_of(chat::Role role) {
  switch (role) {
    case chat::Role::kSystem:
    case chat::Role::kDeveloper: return "rule";
    case chat::Role::kUser: return "user";
    case chat::Role::kAssistant: return "model";
    case chat::Role::kTool:
    case chat::Role::kFunction: return "result";
  }
  __builtin_unreachable();
}

class RequestWriter {
 public:
  RequestWriter(const chat::Request& request, const dialects::EncodeOptions& options)
      : request_(request), options_(options), drops_(request.source) {}

  Result<dialects::EncodedRequest> write() {
    std::string body;
    {
      json::ObjectWriter object(body);
      object.add_plain("ask", options_.model);
      object.add("stream", request_.stream);
      write_parameters(object);
      if (!request_.tools.empty()) write_tools(object);
      json::ArrayWriter turns(object.begin("turns"));
      for (size_t i = 0; i < request_.messages.size(); ++i) write_message(i, turns);
    }
    if (chat::is_forced(request_.tool_choice)) refuse("tool_choice", "cannot be forced upon a toy");
    if (!error_ && options_.strict) error_ = drops_.refusal();
    if (error_) return *std::move(error_);
    dialects::EncodedRequest encoded;
    encoded.body.add_owned(std::move(body));
    encoded.dropped = drops_.take();
    encoded.reply.model = options_.model;
    encoded.reply.choices = request_.n;
    return encoded;
  }

 private:
  void refuse(std::string param, std::string_view complaint) {
    dialects::complain(error_, std::move(param), complaint, ErrorKind::kUnsupportedParameter);
  }

  void write_parameters(json::ObjectWriter& object) {
    for (const chat::Parameter& parameter : request_.parameters) {
      if (parameter.name == "temperature") {
        object.add("heat", parameter.value);
      } else if (parameter.name == "max_tokens") {
        object.add("words", parameter.value);
      } else {
        drops_.add(parameter.name);
      }
    }
    for (const chat::Parameter& parameter : request_.unknown) drops_.add(parameter.name);
  }

  void write_tools(json::ObjectWriter& object) const {
    json::ArrayWriter tools(object.begin("tools"));
    for (const chat::Tool& tool : request_.tools) {
      json::ObjectWriter entry(tools.next());
      entry.add("name", tool.name);
      entry.add("about", tool.description);
      if (!tool.parameters.empty()) entry.add("takes", tool.parameters);
    }
  }

  void write_message(size_t index, json::ArrayWriter& turns) {
    const chat::Message& message = request_.messages[index];
    std::string text;
    for (size_t i = 0; i < message.parts.size(); ++i) {
      text += message.parts[i].text.text;
      if (message.parts[i].kind == chat::PartKind::kText) continue;
      refuse("messages[" + std::to_string(index) + "].content[" + std::to_string(i) + "]", "is no text for a toy");
    }
    if (!text.empty() || message.tool_calls.empty()) {
      json::ObjectWriter turn(turns.next());
      turn.add(key_of(message.role), json::RawString{text});
      if (!message.tool_call_id.empty()) turn.add("of", message.tool_call_id);
    }
    for (const chat::ToolCall& call : message.tool_calls) {
      std::string arguments;
      dialects::append_arguments(call, arguments);
      json::ObjectWriter turn(turns.next());
      turn.add("call", call.name);
      turn.add("id", call.id);
      turn.add_plain("args", arguments);
    }
  }

  const chat::Request& request_;
  const dialects::EncodeOptions& options_;
  dialects::Drops drops_;
  std::optional<Error> error_;
};

}  // namespace

Result<dialects::EncodedRequest> Toy::encode_request(const chat::Request& request,
                                                     const dialects::EncodeOptions& options) const {
  const auto encode = [&options](const chat::Request& known) { return RequestWriter(known, options).write(); };
  if (request.source.dialect == id()) return encode(request);
  return dialects::encode_foreign(request, options, {}, encode);
}

}  // namespace onellm::test::toy
