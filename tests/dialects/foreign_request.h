// Requests as the decoder of another client dialect makes them: only the fields of chat::Request are filled.
#pragma once

#include <string>
#include <string_view>

#include "chat/request.h"
#include "dialects/ids.h"
#include "json/raw.h"

namespace onellm::dialects {

inline chat::Part text_part(std::string_view text) {
  chat::Part part;
  part.text = {text};
  return part;
}

inline chat::Part marked_part(std::string_view text) {
  chat::Part part = text_part(text);
  part.cache_breakpoint = true;
  part.cache_control = {R"({"type":"ephemeral"})"};
  return part;
}

inline chat::Message message_of(chat::Role role, std::vector<chat::Part> parts) {
  chat::Message message;
  message.role = role;
  message.has_content = !parts.empty();
  message.parts = std::move(parts);
  return message;
}

// A request of one user's message, from a client of Anthropic's Messages.
inline chat::Request messages_request() {
  chat::Request request;
  request.model = "m";
  request.source.dialect = kAnthropicMessages;
  request.messages.push_back(message_of(chat::Role::kUser, {text_part("hi")}));
  return request;
}

inline chat::Tool function_tool(std::string_view name) {
  chat::Tool tool;
  tool.name = {name};
  tool.parameters = {R"({"type":"object"})"};
  return tool;
}

// A tool that its provider runs, and that the client can do without elsewhere.
inline chat::Tool hosted_tool(chat::HostedTool kind, std::string_view members, std::string_view left_out_as) {
  chat::Tool tool;
  tool.hosted = kind;
  tool.hosted_members = {members};
  tool.left_out_as = left_out_as;
  return tool;
}

}  // namespace onellm::dialects
