#include "dialects/anthropic_messages/reply/flow.h"

#include <algorithm>
#include <utility>

#include "base/limits.h"

namespace onellm::dialects {

namespace {

using chat::Event;
using chat::EventKind;

constexpr int64_t kNoIndex = -1;  // Of a block that came whole: nothing refers to it.

// True of a block that the client may see nothing of.
bool may_be_silent(AnthropicPartKind kind) {
  return kind == AnthropicPartKind::kHidden || kind == AnthropicPartKind::kFallback ||
         kind == AnthropicPartKind::kThinking || kind == AnthropicPartKind::kRedacted;
}

}  // namespace

bool AnthropicReplyFlow::take(const AnthropicEvent& event, chat::EventSink& sink) {
  switch (event.type) {
    case AnthropicEventType::kMessage:
    case AnthropicEventType::kMessageStart: take_message(event, sink); break;
    case AnthropicEventType::kBlockStart:
      start(sink);
      if (may_be_silent(event.part.kind)) begin_content(sink);
      open_block(event, event.part, event.index, sink);
      break;
    case AnthropicEventType::kBlockDelta:
      start(sink);
      take_delta(event, sink);
      break;
    case AnthropicEventType::kBlockStop: close_block_at(event.index, sink); break;
    case AnthropicEventType::kMessageDelta:
      start(sink);
      take_end(event, sink);
      finished_ |= !event.stop_reason.empty();
      if (!stop_reason_.empty() && !is_interrupted()) begin_content(sink);
      break;
    case AnthropicEventType::kMessageStop:
    case AnthropicEventType::kError:
    case AnthropicEventType::kOther: break;
  }
  return *problem_ == '\0';
}

// Some hosts send the beginning twice. Another message in the same stream is an accident between us and
// the host, and no part of the answer.
void AnthropicReplyFlow::take_message(const AnthropicEvent& event, chat::EventSink& sink) {
  if (!id_.empty()) {
    if (id_ != event.id.text) problem_ = "has two messages in one stream";
    return;
  }
  id_ = event.id.text;
  model_ = event.model.text;
  start(sink);
  for (const AnthropicPart& part : event.content) {
    open_block(event, part, kNoIndex, sink);
    close_block_at(kNoIndex, sink);
  }
  take_end(event, sink);
}

void AnthropicReplyFlow::start(chat::EventSink& sink) {
  if (started_) return;
  started_ = true;
  sink.take({.kind = EventKind::kStarted, .id = {id_}, .name = {model_}});
}

// What is known of the end; the counts are known before.
void AnthropicReplyFlow::take_end(const AnthropicEvent& event, chat::EventSink& sink) {
  if (!event.stop_reason.empty()) stop_reason_ = event.stop_reason.text;
  if (!event.explanation.empty()) explanation_ = event.explanation.text;
  if (!event.container.empty()) container_ = event.container.text;
  if (event.type == AnthropicEventType::kMessageDelta && text_tool_.empty()) hand_on_refusal(sink);
  usage_.update(event.usage);
  if (!event.usage.says_something()) return;
  chat::Usage usage = to_chat_usage(usage_, model_);
  usage.partial = event.type == AnthropicEventType::kMessageStart;
  sink.take({.kind = EventKind::kUsage, .usage = &usage});
}

void AnthropicReplyFlow::open_block(const AnthropicEvent& event, const AnthropicPart& part, int64_t index,
                                    chat::EventSink& sink) {
  if (blocks_.size() == kToolCallsMax) {
    problem_ = "has too many content blocks";
    return;
  }
  // Blocks come one after another: of one alone the input is kept.
  if (!blocks_.empty() && !blocks_.back().input.empty()) close_block(blocks_.back(), sink);
  has_blocks_ |= part.kind != AnthropicPartKind::kText;
  Block& block = blocks_.emplace_back(Block{.index = index, .kind = part.kind});
  switch (part.kind) {
    case AnthropicPartKind::kText:
      annotations_.open(text_characters_);
      add_citations(event, part);
      return take_text(part.text, sink);
    case AnthropicPartKind::kThinking: take_thinking(part.text, sink); return sign(part.signature);
    case AnthropicPartKind::kRedacted: close_thinking(); return thinking_.add_redacted(part.text, place(), {model_});
    case AnthropicPartKind::kToolUse: return open_tool_call(part, block, sink);
    case AnthropicPartKind::kFallback: usage_.fell_back = true; return;
    case AnthropicPartKind::kSignature:
    case AnthropicPartKind::kToolInput:
    case AnthropicPartKind::kCitation:
    case AnthropicPartKind::kHidden: return;
  }
}

// A delta of a block that never began counts for what it is; one that its block does not go with is
// hidden like the block.
void AnthropicReplyFlow::take_delta(const AnthropicEvent& event, chat::EventSink& sink) {
  const AnthropicPart& part = event.part;
  Block* block = find_block(event.index);
  const auto is_of = [block](AnthropicPartKind kind) { return block == nullptr || block->kind == kind; };
  switch (part.kind) {
    case AnthropicPartKind::kText:
      if (is_of(AnthropicPartKind::kText)) take_text(part.text, sink);
      return;
    case AnthropicPartKind::kThinking:
      if (is_of(AnthropicPartKind::kThinking)) take_thinking(part.text, sink);
      return;
    case AnthropicPartKind::kSignature:
      if (is_of(AnthropicPartKind::kThinking)) sign(part.signature);
      return;
    case AnthropicPartKind::kCitation:
      if (is_of(AnthropicPartKind::kText)) add_citations(event, part);
      return;
    case AnthropicPartKind::kToolInput:
      if (block == nullptr || block->kind != AnthropicPartKind::kToolUse) return;
      if (!block->closed || block->has_fragments) take_fragment(*block, part.text, sink);
      return;
    case AnthropicPartKind::kToolUse:
    case AnthropicPartKind::kRedacted:
    case AnthropicPartKind::kFallback:
    case AnthropicPartKind::kHidden: return;
  }
}

std::optional<Event> AnthropicReplyFlow::repeatable(const AnthropicEvent& event) const {
  const AnthropicPart& part = event.part;
  if (event.type != AnthropicEventType::kBlockDelta || part.text.empty()) return {};
  const auto is_it = [&event](const Block& block) { return block.index == event.index; };
  const auto block = std::find_if(blocks_.rbegin(), blocks_.rend(), is_it);
  if (block == blocks_.rend() || block->kind != part.kind) return {};
  if (part.kind == AnthropicPartKind::kText && text_tool_.empty())
    return Event{.kind = EventKind::kText, .text = part.text};
  if (part.kind == AnthropicPartKind::kThinking) return Event{.kind = EventKind::kReasoning, .text = part.text};
  return {};
}

void AnthropicReplyFlow::take_same(const Event& event, chat::EventSink& sink) {
  if (event.kind == EventKind::kText) {
    text_characters_ += static_cast<int64_t>(event.text.text.size());
    has_text_ = true;
  } else {
    thinking_.add_text(event.text);
  }
  sink.take(event);
}

AnthropicReplyFlow::Block* AnthropicReplyFlow::find_block(int64_t index) {
  for (size_t at = blocks_.size(); at-- > 0;) {
    if (blocks_[at].index == index) return &blocks_[at];
  }
  return nullptr;
}

void AnthropicReplyFlow::close_block_at(int64_t index, chat::EventSink& sink) {
  Block* block = find_block(index);
  if (block == nullptr) return;
  close_block(*block, sink);
  const bool may_go_on = block->kind == AnthropicPartKind::kToolUse && index != kNoIndex;
  if (!may_go_on) blocks_.erase(blocks_.begin() + (block - blocks_.data()));
}

void AnthropicReplyFlow::close_block(Block& block, chat::EventSink& sink) {
  if (block.closed) return;
  block.closed = true;
  if (block.kind == AnthropicPartKind::kText) annotations_.close(text_characters_);
  if (block.kind == AnthropicPartKind::kThinking) close_thinking();
  const std::string input = std::exchange(block.input, {});
  if (block.kind != AnthropicPartKind::kToolUse || block.has_fragments) return;
  take_fragment(block, {input.empty() ? "{}" : std::string_view(input)}, sink);
  block.has_fragments = false;  // Not of its own: late ones would follow a whole object.
}

}  // namespace onellm::dialects
