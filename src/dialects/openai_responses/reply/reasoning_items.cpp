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
  if (item.encrypted_content.empty() || bytes_ > kThinkingBytesMax) return;
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

void ReasoningItems::hand_on_kept(chat::EventSink& sink) {
  for (size_t at = 0; at < kept_ || full_; ++at) {
    chat::EventDetails details;
    details.thinking.redacted = true;
    details.thinking.model = {model_};
    details.thinking_cut = std::exchange(full_, false);
    if (!details.thinking_cut) {
      const Waiting& item = items_[at];
      details.thinking.text = {item.data};
      details.thinking.calls_before = item.place.calls_before;
      details.thinking.text_before = item.place.text_before ? chat::ThinkingBlock::kAllText : 0;
    }
    sink.take({.kind = chat::EventKind::kThinkingSigned, .details = &details});
  }
  items_.erase(items_.begin(), items_.begin() + static_cast<std::ptrdiff_t>(kept_));
  kept_ = 0;
  any_ = true;
}

}  // namespace onellm::dialects::openai_responses
