#include "gateway/chat/thought_memory.h"

#include <utility>

#include "base/limits.h"

namespace onellm::gateway {

size_t RememberedTurn::bytes() const {
  size_t bytes = sizeof(RememberedTurn) + owner.size() + call_id.size();
  for (const Block& block : blocks) {
    bytes += sizeof(Block) + block.text.size() + block.signature.size() + block.model.size();
  }
  return bytes;
}

void RememberedTurn::note(const chat::Event& event) {
  if (event.choice != 0 || is_too_long_) return;
  if (event.kind == chat::EventKind::kToolCallOpened && call_id.empty()) call_id = event.id.text;
  if (event.kind != chat::EventKind::kThinkingSigned || event.details->thinking_cut) return;
  if (event.details->confirmed == chat::Confirmed::kLater) return;
  const chat::ThinkingBlock& block = event.details->thinking;
  blocks.push_back({.redacted = block.redacted,
                    .calls_before = block.calls_before,
                    .text_before = block.text_before,
                    .text = std::string(block.text.text),
                    .signature = std::string(block.signature.text),
                    .model = std::string(block.model.text)});
  is_too_long_ = bytes() > kRememberedTurnBytesMax;
  if (is_too_long_) blocks.clear();
}

void ThoughtMemory::remember(RememberedTurn turn, double now_ms) {
  if (turn.call_id.empty() || turn.blocks.empty()) return;
  bytes_ += turn.bytes();
  entries_.push_back({.turn = std::move(turn), .until_ms = now_ms + kRememberedMs});
  while (bytes_ > kRememberedBytesMax || entries_.size() > kRememberedTurnsMax || entries_.front().until_ms <= now_ms) {
    bytes_ -= entries_.front().turn.bytes();
    entries_.pop_front();
  }
}

const RememberedTurn* ThoughtMemory::find(std::string_view owner, std::string_view call_id, double now_ms) const {
  for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry) {
    const RememberedTurn& turn = entry->turn;
    if (turn.call_id == call_id && turn.owner == owner) return entry->until_ms > now_ms ? &turn : nullptr;
  }
  return nullptr;
}

void ThoughtMemory::recall(std::string_view owner, double now_ms, chat::Request& request) const {
  if (entries_.empty()) return;
  for (chat::Message& message : request.messages) {
    const bool has_own = !message.thinking_blocks.empty() || !message.wrapped.empty();
    if (message.tool_calls.empty() || has_own) continue;
    const RememberedTurn* turn = find(owner, message.tool_calls.front().id.text, now_ms);
    if (turn == nullptr) continue;
    for (const RememberedTurn::Block& block : turn->blocks) {
      message.remembered_thoughts.push_back({.redacted = block.redacted,
                                             .text = {request.keep(block.text)},
                                             .signature = {request.keep(block.signature)},
                                             .model = {request.keep(block.model)},
                                             .calls_before = block.calls_before,
                                             .text_before = block.text_before});
    }
  }
}

}  // namespace onellm::gateway
