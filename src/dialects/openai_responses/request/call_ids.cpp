#include "dialects/openai_responses/request/call_ids.h"

#include "dialects/common/tools/tool_call_id.h"

namespace onellm::dialects::openai_responses {

namespace {

constexpr int64_t kIdCharactersMax = 64;

}  // namespace

std::string CallIds::add(const chat::ToolCall& call) {
  pairs_.add(call);
  return calls_.emplace_back(Answered{.id = legal_id(call.id, call.name), .custom = call.custom}).id;
}

CallIds::Answered CallIds::answer(const chat::Message& message) {
  const std::optional<size_t> call = pairs_.answer(message);
  return call ? calls_[*call] : Answered{.id = legal_id(message.tool_call_id, message.name)};
}

// A legal id: always the same for the same `id`, and a new one each time if `id` is empty.
std::string CallIds::legal_id(json::RawString id, json::RawString name) {
  if (id.empty()) return make_tool_call_id("", name.text, 0, made_++);
  if (json::count_characters(id) <= kIdCharactersMax) return std::string(id.text);
  return make_tool_call_id(id.text, "", 0, 0);
}

}  // namespace onellm::dialects::openai_responses
