#include "dialects/openai_responses/call_ids.h"

#include "dialects/tool_call_id.h"

namespace onellm::dialects::responses {

namespace {

constexpr int64_t kIdCharactersMax = 64;

bool is_answered_by(const chat::ToolCall& call, const chat::Message& message) {
  return message.role == chat::Role::kFunction ? call.name == message.name : call.id == message.tool_call_id;
}

}  // namespace

std::string CallIds::add(const chat::ToolCall& call) {
  return calls_.emplace_back(Call{.call = &call, .id = legal_id(call.id, call.name)}).id;
}

CallIds::Answered CallIds::answer(const chat::Message& message) {
  while (first_open_ < calls_.size() && !calls_[first_open_].open) ++first_open_;
  for (size_t at = first_open_; at < calls_.size(); ++at) {
    Call& call = calls_[at];
    if (!call.open || !is_answered_by(*call.call, message)) continue;
    call.open = false;
    return {.id = call.id, .custom = call.call->custom};
  }
  return {.id = legal_id(message.tool_call_id, message.name)};
}

// The same for the same id every time; where there is none, another one every time.
std::string CallIds::legal_id(json::RawString id, json::RawString name) {
  if (id.empty()) return make_tool_call_id("", name.text, 0, made_++);
  if (json::count_characters(id) <= kIdCharactersMax) return std::string(id.text);
  return make_tool_call_id(id.text, "", 0, 0);
}

}  // namespace onellm::dialects::responses
