// Holds back the tool calls of one of several legs until the leg has ended well. Everything else passes at once.
//
// Rule: A client never gets an incomplete call. Agents repair JSON that was cut off and run it (`touch
// half-written-name.txt` made a file `half-writte`). So calls are dropped if the leg broke off, failed or reached its
// length limit; its finish_reason stays. They are also dropped if the leg reported a good end but the arguments of a
// call are incomplete; then its `tool_calls` becomes `error`.
#pragma once

#include <algorithm>
#include <cstddef>

#include "chat/event.h"
#include "gateway/chat/merge/event_store.h"

namespace onellm::gateway {

class CallGate {
 public:
  // Hands on to `sink` what may pass now. When the leg ends, that is what was held back, then the end.
  void take(const chat::Event& event, chat::EventSink& sink);

  // The approximate memory of what is held back. In total:
  [[nodiscard]] size_t memory_bytes() const { return calls_.memory_bytes() + finish_.memory_bytes(); }
  // The data beside the calls (Gemini's signatures), and everything except that:
  [[nodiscard]] size_t extra_bytes() const { return extra_bytes_; }
  [[nodiscard]] size_t call_bytes() const { return memory_bytes() - std::min(memory_bytes(), extra_bytes_); }

 private:
  [[nodiscard]] bool has_half_call() const;
  void add_call(const chat::Event& event);
  void complete(const chat::Event& event, chat::EventSink& sink);

  EventStore calls_;
  EventStore finish_;  // Sent after the calls.
  size_t extra_bytes_ = 0;
  bool is_whole_ = true;  // No finish_reason reported that the answer stopped too early.
};

}  // namespace onellm::gateway
