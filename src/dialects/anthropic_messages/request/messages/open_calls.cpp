#include "dialects/anthropic_messages/request/messages/open_calls.h"

namespace onellm::dialects::anthropic_messages {

namespace {

constexpr json::RawString kNoResult{"(no result)"};

}  // namespace

void OpenCalls::add(const chat::ToolCall& call, std::string_view id) {
  pairs_.add(call);
  ids_.push_back(id);
}

std::optional<std::string_view> OpenCalls::answer(const chat::Message& message) {
  const std::optional<size_t> call = pairs_.answer(message);
  if (!call) return {};
  return ids_[*call];
}

void OpenCalls::answer_the_rest(std::vector<Block>& results) {
  for (size_t call = 0; call < ids_.size(); ++call) {
    if (!pairs_.is_open(call)) continue;
    Block result{.kind = BlockKind::kToolResult, .is_error = true, .id = ids_[call]};
    result.content.push_back({.text = kNoResult});
    results.push_back(std::move(result));
  }
  pairs_.clear();
  ids_.clear();
}

}  // namespace onellm::dialects::anthropic_messages
