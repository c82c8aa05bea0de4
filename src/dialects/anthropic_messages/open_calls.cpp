#include "dialects/anthropic_messages/open_calls.h"

namespace onellm::dialects::anthropic {

namespace {

constexpr json::RawString kNoResult{"(no result)"};

bool has_escape(json::RawString text) { return text.text.find('\\') != std::string_view::npos; }

bool is_same_text(json::RawString left, json::RawString right) {
  if (!has_escape(left) && !has_escape(right)) return left == right;
  return json::unescape(left) == json::unescape(right);
}

}  // namespace

void OpenCalls::add(const chat::ToolCall& call, std::string_view id) {
  calls_.push_back({&call, id});
  ++open_count_;
}

bool OpenCalls::is_answered_by(const chat::ToolCall& call, const chat::Message& message) {
  if (message.role == chat::Role::kFunction) return is_same_text(call.name, message.name);
  return message.tool_call_id.empty() || is_same_text(call.id, message.tool_call_id);
}

std::optional<std::string_view> OpenCalls::answer(const chat::Message& message) {
  for (size_t tried = 0; tried < calls_.size(); ++tried) {
    const size_t at = (next_ + tried) % calls_.size();
    Call& call = calls_[at];
    if (!call.open || !is_answered_by(*call.call, message)) continue;
    call.open = false;
    --open_count_;
    next_ = at + 1;
    return call.id;
  }
  return std::nullopt;
}

void OpenCalls::answer_the_rest(std::vector<Block>& results) {
  for (const Call& call : calls_) {
    if (!call.open) continue;
    Block result{.kind = BlockKind::kToolResult, .is_error = true, .id = call.id};
    result.content.push_back({.text = kNoResult});
    results.push_back(std::move(result));
  }
  calls_.clear();
  open_count_ = 0;
  next_ = 0;
}

}  // namespace onellm::dialects::anthropic
