// Holds back the tool calls of one of several legs until the leg has ended well.
//
// Half a call must not reach a client: agents repair JSON that was cut off and run it (`touch half-written-name.txt`
// made a file `half-writte`). A leg that broke off, failed or met its length has no calls; its finish_reason stays. Nor
// has one that ended well by its own word, but within the arguments of a call: its `tool_calls` becomes `error`.
// Everything else passes at once.
#pragma once

#include <algorithm>
#include <cstddef>

#include "chat/event.h"
#include "gateway/chat/merge/event_store.h"

namespace onellm::gateway {

class CallGate {
 public:
  // Hands on to `sink` what may pass now. At the end of a leg that is what waited, then the end.
  void take(const chat::Event& event, chat::EventSink& sink);

  // What waits takes of memory, roughly: all of it,
  [[nodiscard]] size_t memory_bytes() const { return calls_.memory_bytes() + finish_.memory_bytes(); }
  // what of that stands beside the calls (Gemini's signatures), and all but that.
  [[nodiscard]] size_t extra_bytes() const { return extra_bytes_; }
  [[nodiscard]] size_t call_bytes() const { return memory_bytes() - std::min(memory_bytes(), extra_bytes_); }

 private:
  [[nodiscard]] bool has_half_call() const;
  void add_call(const chat::Event& event);
  void complete(const chat::Event& event, chat::EventSink& sink);

  EventStore calls_;
  EventStore finish_;  // Comes behind the calls.
  size_t extra_bytes_ = 0;
  bool is_whole_ = true;  // No finish_reason says that the answer stopped where it should not.
};

}  // namespace onellm::gateway
