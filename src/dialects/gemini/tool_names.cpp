#include "dialects/gemini/tool_names.h"

#include <algorithm>
#include <string_view>

#include "json/reader.h"

namespace onellm::dialects {

namespace {

constexpr size_t kNameBytesMax = 128;

bool is_first(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

bool is_further(char c) {
  constexpr std::string_view kMarks = ".:-";
  return is_first(c) || (c >= '0' && c <= '9') || kMarks.find(c) != kMarks.npos;
}

bool is_legal(std::string_view name) {
  return !name.empty() && name.size() <= kNameBytesMax && is_first(name.front()) &&
         std::all_of(name.begin(), name.end(), is_further);
}

std::string legal_form(std::string_view name) {
  std::string legal;
  if (name.empty() || !is_first(name.front())) legal += '_';
  for (const char c : name) legal += is_further(c) ? c : '_';
  if (legal.size() > kNameBytesMax) legal.resize(kNameBytesMax);
  return legal;
}

}  // namespace

GeminiToolNames::GeminiToolNames(const chat::Request& request) : request_(request) {
  for (const std::vector<chat::Tool>* tools : {&request.tools, &request.functions}) {
    for (const chat::Tool& tool : *tools) add(tool.name);
  }
  for (const chat::Message& message : request.messages) {
    for (const chat::ToolCall& call : message.tool_calls) add(call.name);
    if (message.function_call) add(message.function_call->name);
  }
}

void GeminiToolNames::add(json::RawString name) {
  if (is_legal(name.text)) return;
  const auto is_it = [name](const Change& change) { return change.name == name; };
  if (std::any_of(changes_.begin(), changes_.end(), is_it)) return;
  const std::string form = legal_form(json::unescape(name));
  std::string sent = form;
  for (size_t i = 2; is_taken(sent); ++i) {
    const std::string number = "_" + std::to_string(i);
    sent = form.substr(0, kNameBytesMax - number.size()) + number;
  }
  changes_.push_back({.name = name, .sent = std::move(sent)});
}

bool GeminiToolNames::is_taken(const std::string& sent) const {
  const auto is_change = [&sent](const Change& change) { return change.sent == sent; };
  const auto is_tool = [&sent](const chat::Tool& tool) { return tool.name.text == sent; };
  return std::any_of(changes_.begin(), changes_.end(), is_change) ||
         std::any_of(request_.tools.begin(), request_.tools.end(), is_tool) ||
         std::any_of(request_.functions.begin(), request_.functions.end(), is_tool);
}

json::RawString GeminiToolNames::sent(json::RawString name) const {
  for (const Change& change : changes_) {
    if (change.name == name) return {change.sent};
  }
  return name;
}

std::vector<std::pair<std::string, std::string>> GeminiToolNames::changed() const {
  std::vector<std::pair<std::string, std::string>> names;
  for (const Change& change : changes_) names.emplace_back(change.sent, std::string(change.name.text));
  return names;
}

}  // namespace onellm::dialects
