#include "dialects/anthropic_messages/reply/thinking.h"

#include <utility>

#include "base/assert.h"
#include "base/limits.h"

namespace onellm::dialects::anthropic_messages {

void OpenThinking::open(Place place) {
  ONELLM_ASSERT(!open_);
  open_ = true;
  cut_ = false;
  place_ = place;
}

void OpenThinking::add_text(json::RawString text) {
  ONELLM_ASSERT(open_);
  if (cut_) return;
  cut_ = text_.size() + text.text.size() > kThinkingBytesMax;
  if (cut_) {
    std::string().swap(text_);
  } else {
    text_ += text.text;
  }
}

void OpenThinking::sign(json::RawString signature) {
  ONELLM_ASSERT(open_);
  signature_ = signature.text;
}

bool OpenThinking::close(json::RawString model, chat::EventSink& sink) {
  ONELLM_ASSERT(open_);
  open_ = false;
  const std::string text = std::exchange(text_, {});
  const std::string signature = std::exchange(signature_, {});
  if (signature.empty()) return false;
  chat::EventDetails details;
  details.thinking = {.text = {text},
                      .signature = {signature},
                      .model = model,
                      .calls_before = place_.calls_before,
                      .text_before = place_.text_before};
  details.thinking_cut = cut_;
  sink.take({.kind = chat::EventKind::kThinkingSigned, .details = &details});
  return true;
}

}  // namespace onellm::dialects::anthropic_messages
