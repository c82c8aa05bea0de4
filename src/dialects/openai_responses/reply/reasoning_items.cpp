#include "dialects/openai_responses/reply/reasoning_items.h"

#include <utility>

#include "base/limits.h"
#include "json/writer.h"

namespace onellm::dialects::openai_responses {

namespace {

// Appends the item in the form in which the API accepts it back.
void append_item(const Event& event, const Item& item, std::string& out) {
  json::ObjectWriter object(out);
  object.add("type", json::RawString{"reasoning"});
  object.add("id", item.id);
  {
    json::ArrayWriter summary(object.begin("summary"));
    for (size_t at = item.parts_begin; at < item.parts_end; ++at) {
      if (event.parts[at].kind != PartKind::kSummary) continue;
      json::ObjectWriter part(summary.next());
      part.add("type", json::RawString{"summary_text"});
      part.add("text", event.parts[at].text);
    }
  }
  object.add("encrypted_content", item.encrypted_content);
}

}  // namespace

void ReasoningItems::add(const Event& event, const Item& item, Place place) {
  if (item.encrypted_content.empty()) return;
  is_encrypted_ = true;
  if (bytes_ > kThinkingBytesMax) return;
  std::string data;
  append_item(event, item, data);
  std::string escaped = json::escape(data);
  bytes_ += escaped.size();
  full_ = bytes_ > kThinkingBytesMax;
  if (full_) {
    items_ = {};
    kept_ = 0;
  } else {
    items_.push_back({std::move(escaped), place});
  }
}

void ReasoningItems::begin_text(chat::EventSink& sink) {
  const bool follows_text = text_is_last_;
  hand_on(sink);
  bool is_ended = false;
  for (Waiting& item : items_) {
    if (std::exchange(item.is_shown, true)) continue;
    hand_on_one(item, chat::Confirmed::kLater, sink);
    is_ended = true;
  }
  if (follows_text && !is_ended && is_encrypted_) {  // The item cannot be sent back.
    chat::EventDetails details;
    details.thinking_cut = true;
    details.confirmed = chat::Confirmed::kLater;
    sink.take({.kind = chat::EventKind::kThinkingSigned, .details = &details});
  }
  text_is_last_ = true;
}

void ReasoningItems::hand_on_kept(chat::EventSink& sink) {
  if (std::exchange(full_, false)) {
    chat::EventDetails details;
    details.thinking.redacted = true;
    details.thinking.model = {model_};
    details.thinking_cut = true;
    sink.take({.kind = chat::EventKind::kThinkingSigned, .details = &details});
  }
  for (size_t at = 0; at < kept_; ++at) {
    hand_on_one(items_[at], items_[at].is_shown ? chat::Confirmed::kAgain : chat::Confirmed::kNow, sink);
  }
  items_.erase(items_.begin(), items_.begin() + static_cast<std::ptrdiff_t>(kept_));
  kept_ = 0;
  any_ = true;
}

void ReasoningItems::hand_on_one(const Waiting& item, chat::Confirmed confirmed, chat::EventSink& sink) const {
  chat::EventDetails details;
  details.thinking = {.redacted = true,
                      .text = {item.data},
                      .model = {model_},
                      .calls_before = item.place.calls_before,
                      .text_before = item.place.text_before ? chat::ThinkingBlock::kAllText : 0};
  details.confirmed = confirmed;
  sink.take({.kind = chat::EventKind::kThinkingSigned, .details = &details});
}

}  // namespace onellm::dialects::openai_responses
