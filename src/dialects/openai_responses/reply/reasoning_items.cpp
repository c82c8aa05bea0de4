#include "dialects/openai_responses/reply/reasoning_items.h"

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

void ReasoningItems::add(const Event& event, const Item& item, Place place, const std::string& model) {
  if (item.encrypted_content.empty() || full_) return;
  std::string data;
  append_item(event, item, data);
  if (!blocks_.empty()) blocks_ += ',';
  {
    json::ObjectWriter block(blocks_);
    block.add("type", json::RawString{"redacted_thinking"});
    block.add_plain("data", data);
    block.add_plain("model", model);
    if (place.calls_before > 0 || place.text_before) {
      json::ObjectWriter after(block.begin("after"));
      if (place.calls_before > 0) after.add("tool_calls", int64_t{place.calls_before});
      if (place.text_before) after.add("text", true);
    }
  }
  full_ = blocks_.size() > kThinkingBytesMax;
  if (!full_) return;
  std::string().swap(blocks_);
  kept_bytes_ = 0;
}

std::string ReasoningItems::array() const {
  return kept_bytes_ == 0 ? std::string() : "[" + blocks_.substr(0, kept_bytes_) + "]";
}

}  // namespace onellm::dialects::openai_responses
