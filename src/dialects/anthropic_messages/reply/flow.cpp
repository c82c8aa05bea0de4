#include "dialects/anthropic_messages/reply/flow.h"

#include <algorithm>
#include <utility>

#include "base/limits.h"

namespace onellm::dialects::anthropic_messages {

namespace {

using chat::Event;
using chat::EventKind;

constexpr int64_t kNoIndex = -1;  // For blocks of a whole reply: no delta refers to them.

// True of a block that may give the client no content.
bool may_be_silent(PartKind kind) {
  return kind == PartKind::kHidden || kind == PartKind::kFallback || kind == PartKind::kThinking ||
         kind == PartKind::kRedacted;
}

}  // namespace

bool ReplyFlow::take(const MessageEvent& event, chat::EventSink& sink) {
  switch (event.type) {
    case EventType::kMessage:
    case EventType::kMessageStart: take_message(event, sink); break;
    case EventType::kBlockStart:
      start(sink);
      if (may_be_silent(event.part.kind)) begin_content(sink);
      open_block(event, event.part, event.index, sink);
      break;
    case EventType::kBlockDelta:
      start(sink);
      take_delta(event, sink);
      break;
    case EventType::kBlockStop: close_block_at(event.index, sink); break;
    case EventType::kMessageDelta:
      start(sink);
      take_end(event, sink);
      finished_ |= !event.stop_reason.empty();
      if (!stop_reason_.empty() && !is_interrupted()) begin_content(sink);
      break;
    case EventType::kMessageStop:
    case EventType::kError:
    case EventType::kOther: break;
  }
  return *problem_ == '\0';
}

// Some hosts send `message_start` twice; the second is ignored. One with another id belongs to another reply: the
// stream is refused.
void ReplyFlow::take_message(const MessageEvent& event, chat::EventSink& sink) {
  if (!id_.empty()) {
    if (id_ != event.id.text) problem_ = "has two messages in one stream";
    return;
  }
  id_ = event.id.text;
  model_ = event.model.text;
  start(sink);
  for (const Part& part : event.content) {
    open_block(event, part, kNoIndex, sink);
    close_block_at(kNoIndex, sink);
  }
  take_end(event, sink);
}

void ReplyFlow::start(chat::EventSink& sink) {
  if (started_) return;
  started_ = true;
  sink.take({.kind = EventKind::kStarted, .id = {id_}, .name = {model_}});
}

// Reads the fields of the end: stop reason, its details and the container. Also reads the usage, which `message_start`
// has too.
void ReplyFlow::take_end(const MessageEvent& event, chat::EventSink& sink) {
  if (!event.stop_reason.empty()) stop_reason_ = event.stop_reason.text;
  if (!event.stop_sequence.empty()) stop_sequence_ = event.stop_sequence.text;
  if (!event.explanation.empty()) explanation_ = event.explanation.text;
  if (!event.category.empty()) refusal_category_ = event.category.text;
  if (!event.container.empty()) container_ = event.container.text;
  if (event.type == EventType::kMessageDelta && text_tool_.empty()) hand_on_refusal(sink);
  usage_.update(event.usage);
  if (!event.usage.says_something()) return;
  chat::Usage usage = to_chat_usage(usage_, model_);
  usage.partial = event.type == EventType::kMessageStart;
  sink.take({.kind = EventKind::kUsage, .usage = &usage});
}

void ReplyFlow::open_block(const MessageEvent& event, const Part& part, int64_t index, chat::EventSink& sink) {
  if (blocks_.size() == kToolCallsMax) {
    problem_ = "has too many content blocks";
    return;
  }
  // Blocks come one after another, so the input of at most one block is kept.
  if (!blocks_.empty() && !blocks_.back().input.empty()) close_block(blocks_.back(), sink);
  has_blocks_ |= part.kind != PartKind::kText;
  Block& block = blocks_.emplace_back(Block{.index = index, .kind = part.kind});
  switch (part.kind) {
    case PartKind::kText:
      citations_.open(text_characters_);
      add_citations(event, part);
      return take_text(part.text, sink);
    case PartKind::kThinking: take_thinking(part.text, sink); return sign(part.signature);
    case PartKind::kRedacted: close_thinking(sink); return hand_on_redacted(part.text, sink);
    case PartKind::kToolUse: return open_tool_call(part, block, sink);
    case PartKind::kFallback: usage_.fell_back = true; return;
    case PartKind::kSignature:
    case PartKind::kToolInput:
    case PartKind::kCitation:
    case PartKind::kHidden: return;
  }
}

// A delta without a started block is used by its own kind, except tool input, which is ignored. A delta that does not
// fit the kind of its block is ignored.
void ReplyFlow::take_delta(const MessageEvent& event, chat::EventSink& sink) {
  const Part& part = event.part;
  Block* block = find_block(event.index);
  const auto is_of = [block](PartKind kind) { return block == nullptr || block->kind == kind; };
  switch (part.kind) {
    case PartKind::kText:
      if (is_of(PartKind::kText)) take_text(part.text, sink);
      return;
    case PartKind::kThinking:
      if (is_of(PartKind::kThinking)) take_thinking(part.text, sink);
      return;
    case PartKind::kSignature:
      if (is_of(PartKind::kThinking)) sign(part.signature);
      return;
    case PartKind::kCitation:
      if (is_of(PartKind::kText)) add_citations(event, part);
      return;
    case PartKind::kToolInput:
      if (block == nullptr || block->kind != PartKind::kToolUse) return;
      if (!block->closed || block->has_fragments) take_fragment(*block, part.text, sink);
      return;
    case PartKind::kToolUse:
    case PartKind::kRedacted:
    case PartKind::kFallback:
    case PartKind::kHidden: return;
  }
}

std::optional<Event> ReplyFlow::repeatable(const MessageEvent& event) const {
  const Part& part = event.part;
  if (event.type != EventType::kBlockDelta || part.text.empty()) return {};
  const auto is_it = [&event](const Block& block) { return block.index == event.index; };
  const auto block = std::find_if(blocks_.rbegin(), blocks_.rend(), is_it);
  if (block == blocks_.rend() || block->kind != part.kind) return {};
  if (part.kind == PartKind::kText && text_tool_.empty()) return Event{.kind = EventKind::kText, .text = part.text};
  if (part.kind == PartKind::kThinking) return Event{.kind = EventKind::kReasoning, .text = part.text};
  return {};
}

void ReplyFlow::take_same(const Event& event, chat::EventSink& sink) {
  if (event.kind == EventKind::kText) {
    text_characters_ += static_cast<int64_t>(event.text.text.size());
    has_text_ = true;
  } else {
    thinking_.add_text(event.text);
  }
  sink.take(event);
}

ReplyFlow::Block* ReplyFlow::find_block(int64_t index) {
  for (size_t at = blocks_.size(); at-- > 0;) {
    if (blocks_[at].index == index) return &blocks_[at];
  }
  return nullptr;
}

void ReplyFlow::close_block_at(int64_t index, chat::EventSink& sink) {
  Block* block = find_block(index);
  if (block == nullptr) return;
  close_block(*block, sink);
  const bool may_go_on = block->kind == PartKind::kToolUse && index != kNoIndex;
  if (!may_go_on) blocks_.erase(blocks_.begin() + (block - blocks_.data()));
}

void ReplyFlow::close_block(Block& block, chat::EventSink& sink) {
  if (block.closed) return;
  block.closed = true;
  if (block.kind == PartKind::kText) {
    citations_.close(text_characters_);
    if (has_text_) (void)citations_.hand_on(sink);
  }
  if (block.kind == PartKind::kThinking) close_thinking(sink);
  const std::string input = std::exchange(block.input, {});
  if (block.kind != PartKind::kToolUse || block.has_fragments) return;
  take_fragment(block, {input.empty() ? "{}" : std::string_view(input)}, sink);
  block.has_fragments = false;  // Late fragments are ignored: they would follow a complete object.
}

}  // namespace onellm::dialects::anthropic_messages
