#include "gateway/chat/merge/event_store.h"

#include <utility>

#include "base/limits.h"
#include "chat/members.h"

namespace onellm::gateway {

namespace {

using chat::Event;
using chat::EventKind;

bool is_piece_of_text(EventKind kind) {
  return kind == EventKind::kText || kind == EventKind::kReasoning || kind == EventKind::kRefusal ||
         kind == EventKind::kToolArguments;
}

// True for a piece of text without extras and details of its own. (Chunks repeat members that are null, which do not
// count.)
bool is_plain_piece(const Event& event) {
  return is_piece_of_text(event.kind) && event.details == nullptr && chat::are_null(event.delta_extra) &&
         chat::are_null(event.choice_extra);
}

bool continues(const Event& event, const Event& before) {
  return event.kind == before.kind && event.choice == before.choice && event.tool_call == before.tool_call &&
         event.custom == before.custom && event.extra_of == before.extra_of && !before.is_break;
}

}  // namespace

// Appends the text to the last event, if both are pieces of the same text.
bool EventStore::join(const Event& event) {
  if (kept_.empty() || !is_plain_piece(event)) return false;
  chat::OwnedEvent& last = *kept_.back();
  const Event& before = last.event();
  if (!is_plain_piece(before) || !continues(event, before)) return false;
  if (before.text.text.size() + event.text.text.size() > kJoinedTextBytesMax) return false;
  // Joining members means reading all that are there already.
  const bool same_extra = event.reply_extra.empty() || before.reply_extra == event.reply_extra;
  const size_t extra_bytes = before.reply_extra.text.size() + event.reply_extra.text.size();
  if (!same_extra && extra_bytes > kJoinedExtraBytesMax) return false;
  memory_bytes_ -= last.memory_bytes();
  last.append_text(event.text.text);
  if (!same_extra) last.add_reply_extra(event.reply_extra);
  memory_bytes_ += last.memory_bytes();
  return true;
}

void EventStore::add(const Event& event) {
  if (is_piece_of_text(event.kind)) text_bytes_ += event.text.text.size();
  if (join(event)) return;
  kept_.push_back(std::make_unique<chat::OwnedEvent>(event));
  memory_bytes_ += kept_.back()->memory_bytes();
}

void EventStore::drain_to(chat::EventSink& sink) {
  std::vector<std::unique_ptr<chat::OwnedEvent>> kept = std::exchange(kept_, {});
  text_bytes_ = memory_bytes_ = 0;
  for (auto& one : kept) {
    sink.take(one->event());
    one.reset();  // Freed now: the sink may need as much memory again.
  }
}

void EventStore::show(chat::EventSink& sink) const {
  for (const auto& one : kept_) sink.take(one->event());
}

void EventStore::clear() {
  kept_.clear();
  kept_.shrink_to_fit();
  text_bytes_ = memory_bytes_ = 0;
}

}  // namespace onellm::gateway
