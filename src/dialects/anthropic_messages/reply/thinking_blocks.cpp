#include "dialects/anthropic_messages/reply/thinking_blocks.h"

#include "base/assert.h"
#include "base/limits.h"
#include "json/writer.h"

namespace onellm::dialects::anthropic_messages {

void ThinkingBlocks::open(Place place) {
  ONELLM_ASSERT(!open_);
  open_ = true;
  place_ = place;
  signature_.clear();
  begin("thinking", "thinking");
}

void ThinkingBlocks::add_text(json::RawString text) {
  ONELLM_ASSERT(open_);
  add(text.text);
}

void ThinkingBlocks::sign(json::RawString signature) {
  ONELLM_ASSERT(open_);
  if (!full_) signature_ = signature.text;
}

void ThinkingBlocks::close(json::RawString model) {
  ONELLM_ASSERT(open_);
  open_ = false;
  if (signature_.empty()) {
    if (!full_) blocks_.resize(begin_);
    return;
  }
  add(R"(","signature":")");
  add(signature_);
  end(place_, model);
}

void ThinkingBlocks::add_redacted(json::RawString data, Place place, json::RawString model) {
  ONELLM_ASSERT(!open_);
  begin("redacted_thinking", "data");
  add(data.text);
  end(place, model);
}

std::string ThinkingBlocks::array() const {
  ONELLM_ASSERT(!open_);
  return blocks_.empty() ? std::string() : "[" + blocks_ + "]";
}

void ThinkingBlocks::begin(std::string_view type, std::string_view text_key) {
  begin_ = blocks_.size();
  add(blocks_.empty() ? R"({"type":")" : R"(,{"type":")");
  add(type);
  add(R"(",")");
  add(text_key);
  add(R"(":")");
}

// Writes the rest of a block, from the closing quote of its last string on.
void ThinkingBlocks::end(Place place, json::RawString model) {
  std::string rest = R"(","model":")" + std::string(model.text) + '"';
  if (place.calls_before > 0 || place.text_before > 0) {
    rest += R"(,"after":)";
    json::ObjectWriter after(rest);
    if (place.calls_before > 0) after.add("tool_calls", int64_t{place.calls_before});
    if (place.text_before > 0) after.add("text", place.text_before);
  }
  add(rest);
  add("}");
}

void ThinkingBlocks::add(std::string_view text) {
  if (full_) return;
  full_ = blocks_.size() + text.size() > kThinkingBytesMax;
  if (full_) {
    std::string().swap(blocks_);
  } else {
    blocks_ += text;
  }
}

}  // namespace onellm::dialects::anthropic_messages
