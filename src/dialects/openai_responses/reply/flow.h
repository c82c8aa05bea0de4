// Turns the events of one reply, streamed or whole, into chat events. Keeps the state across events: which items there
// were, which of their content was passed on, and what must wait for the end.
//
// Rule: A stream sends most content twice, in pieces and then whole. Content that came in pieces is not used again;
// content that never came in pieces is used when it comes whole. So a whole reply is a stream with only an end.
//
// Several messages become one text, and several summaries one reasoning, with a blank line between them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "chat/event.h"
#include "dialects/common/reply/source_list.h"
#include "dialects/dialect.h"
#include "dialects/openai_responses/reply/event.h"
#include "dialects/openai_responses/reply/reasoning_items.h"

namespace onellm::dialects::openai_responses {

class ReplyFlow {
 public:
  explicit ReplyFlow(const ReplyContext& context)
      : renamed_tools_(context.renamed_tools), reasoning_(json::escape(context.model)) {}

  // Passes on the event's content. False if it exceeds a limit; problem() says which. The caller handles event types
  // that end the stream (the end, an error).
  [[nodiscard]] bool take(const Event& event, chat::EventSink& sink);

  // Requires an event with the finished response. Passes on the remaining content, then kFinished and kCompleted. If
  // the answer was interrupted before its first word, passes on kFailed instead of these two. False, and none of the
  // three, if a limit is exceeded.
  [[nodiscard]] bool complete(const Event& event, chat::EventSink& sink);

  // For error messages: "has too many tool calls".
  [[nodiscard]] const char* problem() const { return problem_; }

 private:
  // An item that has begun.
  struct Progress {
    int64_t index = -1;
    std::string id = {};
    ItemKind kind = ItemKind::kHidden;
    bool done = false;
    bool has_content = false;  // Some of its content was passed on.
    bool has_text = false;     // Some of its text or reasoning was passed on.
    bool has_citations = false;
    uint32_t call = 0;
    int64_t begin = 0;  // Where its text begins in the answer's text, in characters.
    int64_t part_index = 0;
    int64_t part_begin = 0;  // Likewise, for the current part.
  };

  void start(const Event& event, chat::EventSink& sink);
  [[nodiscard]] Progress* find(int64_t index, json::RawString id);
  // The item; begins it if it is new. Null if there are too many items.
  [[nodiscard]] Progress* open(int64_t index, const Item& item, chat::EventSink& sink);
  void open_call(const Item& item, Progress& progress, chat::EventSink& sink);
  void finish(const Event& event, int64_t index, const Item& item, chat::EventSink& sink);
  void take_delta(const Event& event, chat::EventSink& sink);
  void take_input_delta(const Event& event, chat::EventSink& sink);
  void take_parts(const Event& event, const Item& item, Progress& progress, chat::EventSink& sink);
  void take_input(Progress& progress, json::RawString text, chat::EventSink& sink);
  void end_call(const Event& event, Progress& call, chat::EventSink& sink);
  void take_image(const Item& item, chat::EventSink& sink);
  void take_refusal(json::RawString text, chat::EventSink& sink);
  void take_text(Progress& progress, json::RawString text, json::Raw logprobs, chat::EventSink& sink);
  void take_reasoning(Progress& progress, int64_t part_index, json::RawString text, chat::EventSink& sink);
  void note_phase(const Item& item);
  void cite(const Citation& citation, int64_t part_begin, chat::EventSink& sink);
  void end_content(chat::EventSink& sink);
  void hand_on_finish(const Event& event, chat::EventSink& sink) const;

  const RenamedTools renamed_tools_;
  std::vector<Progress> items_;
  ReasoningItems reasoning_;
  SourceList sources_;
  std::string id_;
  std::string phase_;       // Of the latest message.
  int64_t characters_ = 0;  // Length of the text so far.
  uint32_t calls_ = 0;
  bool started_ = false;
  bool has_text_ = false;
  bool has_reasoning_ = false;  // Reasoning that the client can read.
  bool has_refusal_ = false;
  bool has_image_ = false;
  const char* problem_ = "";
};

}  // namespace onellm::dialects::openai_responses
