// An answer as a sequence of typed events, streamed or not. Every decoder produces these events and every encoder takes
// them; merging and accounting are between the two.
//
// Rule: a decoder keeps this order for each choice: kStarted, then content in any order, then kContentEnded if there
// is something to tell in it, then one kFinished. If a host breaks this order (a late content filter, an early
// finish_reason), events after kFinished are passed on too. kUsage may come at any place; the last one counts.
// kCompleted ends an answer that arrived whole, kFailed one that did not. No event follows these two.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/error.h"
#include "chat/dialect_id.h"
#include "chat/event_details.h"
#include "chat/origin.h"
#include "chat/usage.h"
#include "json/raw.h"

namespace onellm::chat {

enum class EventKind : uint8_t {
  kStarted,         // A choice begins. id, name (the model that answers), created_s and origin of the answer. It comes
                    // again, for the same choice, where the text of another leg follows.
  kText,            // text
  kReasoning,       // text
  kRefusal,         // text
  kToolCallOpened,  // tool_call, id, name, custom
  kToolArguments,   // tool_call, text: a fragment of the arguments (of a custom tool: of its input)
  kExtra,           // Only extras and details: data for which the other kinds have no field.

  // Kinds that exist only for details.
  kThinkingSigned,  // details->thinking: a block of reasoning is complete; its text was passed on as kReasoning, unless
                    // it is redacted. A tool call or text that belongs to it follows.
  kPartSigned,    // details->signature: Google's signature of a part of the answer, at its place: behind the reasoning
                  // that it signs, and before the text that it signs, or behind that where it came late.
  kCitation,      // details->citation: a source of the text so far
  kMedia,         // details->media
  kCode,          // details->code
  kProviderPart,  // details->part
  kContentEnded,  // The content is whole, and was not cut off. details->signature, details->phase. kFinished follows,
                  // before it calls that were held back, or the next turn if the provider paused. Required after
                  // kThinkingSigned and kCitation: an encoder that collects these writes them now, and leaves them
                  // out if the answer ends without it.

  kFinished,   // finish, native_finish; error: the failure of the leg, if the answer goes on without it; name: the
               // leg, if a reply that is not streamed has one leg a choice
  kUsage,      // usage
  kCompleted,  // The answer is whole.
  kFailed,     // error
};

// True for a kind that exists only for details.
[[nodiscard]] constexpr bool is_typed(EventKind kind) {
  return kind >= EventKind::kThinkingSigned && kind <= EventKind::kContentEnded;
}

// True for a kind that shows that there is an answer, whole or failed: kStarted and kUsage may come without one.
[[nodiscard]] constexpr bool begins_answer(EventKind kind) {
  return kind != EventKind::kStarted && kind != EventKind::kUsage;
}
[[nodiscard]] constexpr bool ends_answer(EventKind kind) {
  return kind == EventKind::kCompleted || kind == EventKind::kFailed;
}
// True for all parts of an answer: not for its start, its usage and its end.
[[nodiscard]] constexpr bool is_part_of_answer(EventKind kind) { return begins_answer(kind) && !ends_answer(kind); }

enum class FinishReason : uint8_t { kStop, kLength, kToolCalls, kContentFilter, kFunctionCall, kError };

// The word for OpenAI's finish_reason. "error" is the gateway's own word.
[[nodiscard]] std::string_view to_string(FinishReason reason);

// What extras hold, for everybody who does not know their dialect. From least to most important.
enum class ExtraHolds : uint8_t {
  kLabels,   // Nothing that a client could use as an answer.
  kContent,  // A picture or sound.
  kCall,     // A part of a tool call in a form that has no events.
};

// A turn that the provider paused, with the data that continues it (dialects::Dialect::continue_request).
struct UnfinishedTurn {
  json::Raw content = {};  // The content so far, in the provider's own format.
  int64_t characters = 0;  // Number of characters of the text so far.
};

// All views are valid during the call that gets the event only.
struct Event {
  EventKind kind = EventKind::kExtra;
  uint32_t choice = 0;                    // 0, 1, 2 …
  uint32_t tool_call = 0;                 // Within its choice: 0, 1, 2 … in the order of opening.
  bool custom = false;                    // kToolCallOpened, kToolArguments: a custom tool, not a function.
  bool has_made_id = false;               // kToolCallOpened: the provider sent no id, this one was made here.
  bool is_break = false;                  // kText, kReasoning: the provider did not write this text. It only separates
                                          // what follows from the text of that kind before it.
  DialectId extra_of = DialectId::kNone;  // The dialect of the extras below.
  ExtraHolds extra_holds = ExtraHolds::kLabels;
  json::RawString text = {};
  json::RawString id = {};    // The id of the answer or of the tool call.
  json::RawString name = {};  // The name of the model or of the tool.
  int64_t created_s = 0;      // Seconds since 1970; 0: not known.
  FinishReason finish = FinishReason::kStop;
  json::RawString native_finish = {};          // kFinished: the provider's own word if it differs; else empty.
  const UnfinishedTurn* unfinished = nullptr;  // kFinished: set if the provider can continue the turn; else null.
  const Origin* origin = nullptr;  // kStarted: the target that answers, if it is known. It outlives the answer.
  const Usage* usage = nullptr;
  const Error* error = nullptr;
  const EventDetails* details = nullptr;  // Null: none.

  // Extras: other members, as the provider sent them. Of the delta (or of the tool call, for events of a tool call), of
  // the choice, and of the chunk.
  //
  // Rule: only an encoder of the dialect `extra_of` writes them; all others drop them. Details (except
  // characters_before and gateway_members) that were read from extras are in both. So an encoder of that dialect does
  // not write the details, and ignores a kind that exists only for details.
  json::RawMembers delta_extra = {};
  json::RawMembers choice_extra = {};
  json::RawMembers reply_extra = {};

  [[nodiscard]] bool has_extras() const {
    return !delta_extra.empty() || !choice_extra.empty() || !reply_extra.empty();
  }
};

// "Is this content?" True for an event with a part of the answer that a client can use: text, a refusal, a tool call, a
// picture. Not for reasoning, labels and empty text.
[[nodiscard]] bool is_content(const Event& event);

// Receives events one by one.
class EventSink {
 public:
  virtual void take(const Event& event) = 0;

 protected:
  ~EventSink() = default;
};

}  // namespace onellm::chat
