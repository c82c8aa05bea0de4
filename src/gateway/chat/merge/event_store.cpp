#include "gateway/chat/merge/event_store.h"

#include <array>
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

// True for a piece of text without members of its own. (Chunks repeat `"logprobs":null`, which does not count.)
bool is_plain_piece(const Event& event) {
  return is_piece_of_text(event.kind) && chat::are_null(event.delta_extra) && chat::are_null(event.choice_extra);
}

bool continues(const Event& event, const Event& before) {
  return event.kind == before.kind && event.choice == before.choice && event.tool_call == before.tool_call &&
         event.custom == before.custom;
}

}  // namespace

size_t EventStore::memory_of(const Kept& kept) {
  const size_t pointed =
      (kept.usage == nullptr ? 0 : sizeof(chat::Usage)) + (kept.error == nullptr ? 0 : sizeof(Error));
  return sizeof(Kept) + kept.text.capacity() + kept.reply_extra.capacity() + kept.others.capacity() + pointed;
}

// Appends the text to the last event, if both are pieces of the same text.
bool EventStore::join(const Event& event) {
  if (kept_.empty() || !is_plain_piece(event)) return false;
  Kept& last = *kept_.back();
  if (!is_plain_piece(last.event) || !continues(event, last.event)) return false;
  if (last.text.size() + event.text.text.size() > kJoinedTextBytesMax) return false;
  // Joining members means reading all that are there already.
  const bool same_extra = event.reply_extra.empty() || last.reply_extra == event.reply_extra.text;
  if (!same_extra && last.reply_extra.size() + event.reply_extra.text.size() > kJoinedExtraBytesMax) return false;
  memory_bytes_ -= memory_of(last);
  last.text += event.text.text;
  last.event.text = {last.text};
  chat::add_members(last.reply_extra, event.reply_extra, chat::SameKey::kReplace);
  last.event.reply_extra = {last.reply_extra};
  memory_bytes_ += memory_of(last);
  return true;
}

void EventStore::add(const Event& event) {
  if (is_piece_of_text(event.kind)) text_bytes_ += event.text.text.size();
  if (join(event)) return;
  Kept& kept = *kept_.emplace_back(std::make_unique<Kept>());
  kept.event = event;
  Event& copy = kept.event;
  kept.text = event.text.text;
  copy.text = {kept.text};
  kept.reply_extra = event.reply_extra.text;
  copy.reply_extra = {kept.reply_extra};
  const std::array<std::string_view*, 5> views = {&copy.id.text, &copy.name.text, &copy.native_finish.text,
                                                  &copy.delta_extra.text, &copy.choice_extra.text};
  size_t size = 0;
  for (const std::string_view* view : views) size += view->size();
  kept.others.reserve(size);  // So that appending does not move the bytes.
  for (std::string_view* view : views) {
    const size_t at = kept.others.size();
    kept.others += *view;
    *view = std::string_view(kept.others).substr(at);
  }
  if (event.usage != nullptr) {
    kept.usage = std::make_unique<chat::Usage>(*event.usage);
    copy.usage = kept.usage.get();
  }
  if (event.error != nullptr) {
    kept.error = std::make_unique<Error>(*event.error);
    copy.error = kept.error.get();
  }
  memory_bytes_ += memory_of(kept);
}

void EventStore::drain_to(chat::EventSink& sink) {
  std::vector<std::unique_ptr<Kept>> kept = std::exchange(kept_, {});
  text_bytes_ = memory_bytes_ = 0;
  for (auto& one : kept) {
    sink.take(one->event);
    one.reset();  // Freed now: the sink may need as much memory again.
  }
}

void EventStore::show(chat::EventSink& sink) const {
  for (const auto& one : kept_) sink.take(one->event);
}

void EventStore::clear() {
  kept_.clear();
  kept_.shrink_to_fit();
  text_bytes_ = memory_bytes_ = 0;
}

}  // namespace onellm::gateway
