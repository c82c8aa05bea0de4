// An answer as a sequence of typed events, streamed or not. Every decoder produces these events and every encoder takes
// them; merging and accounting are between the two.
//
// Rule: a decoder keeps this order for each choice: kStarted, then text, reasoning, refusal, extra and tool calls in
// any order, then one kFinished. If a host breaks this order (a late content filter, an early finish_reason), events
// after kFinished are passed on too. kUsage may come at any place; the last one counts. kCompleted ends an answer that
// arrived whole, kFailed one that did not. No event follows these two.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/error.h"
#include "chat/usage.h"
#include "json/raw.h"

namespace onellm::chat {

enum class EventKind : uint8_t {
  kStarted,         // A choice begins. id, name (the model that answers) and created_s of the answer.
  kText,            // text
  kReasoning,       // text
  kRefusal,         // text
  kToolCallOpened,  // tool_call, id, name, custom
  kToolArguments,   // tool_call, text: a fragment of the arguments (of a custom tool: of its input)
  kExtra,           // Only the raw members below: data for which the other kinds have no field.
  kFinished,        // finish, native_finish
  kUsage,           // usage
  kCompleted,       // The answer is whole.
  kFailed,          // error
};

// True for all parts of an answer: not for its start, its usage and its end.
[[nodiscard]] constexpr bool is_content(EventKind kind) {
  return kind != EventKind::kStarted && kind != EventKind::kUsage && kind != EventKind::kCompleted &&
         kind != EventKind::kFailed;
}

enum class FinishReason : uint8_t { kStop, kLength, kToolCalls, kContentFilter, kFunctionCall, kError };

// The word for OpenAI's finish_reason. "error" is the gateway's own word.
[[nodiscard]] std::string_view to_string(FinishReason reason);

// A turn that the provider paused, with the data that continues it (dialects::Dialect::continue_request).
struct UnfinishedTurn {
  json::Raw content = {};  // The content so far, in the provider's own format.
  int64_t characters = 0;  // Number of characters of the text so far.
};

// All views are valid during the call that gets the event only.
struct Event {
  EventKind kind = EventKind::kExtra;
  uint32_t choice = 0;     // 0, 1, 2 …
  uint32_t tool_call = 0;  // Within its choice: 0, 1, 2 … in the order of opening.
  bool custom = false;     // kToolCallOpened, kToolArguments: a custom tool, not a function.
  json::RawString text = {};
  json::RawString id = {};    // The id of the answer or of the tool call.
  json::RawString name = {};  // The name of the model or of the tool.
  int64_t created_s = 0;      // Seconds since 1970; 0: not known.
  FinishReason finish = FinishReason::kStop;
  json::RawString native_finish = {};          // kFinished: the provider's own word if it differs; else empty.
  const UnfinishedTurn* unfinished = nullptr;  // kFinished: set if the provider can continue the turn; else null.
  const Usage* usage = nullptr;
  const Error* error = nullptr;

  // Other members that are passed on: of the delta (or of the tool call, for events of a tool call), of the choice
  // (`logprobs`), and of the chunk (`service_tier`).
  json::RawMembers delta_extra = {};
  json::RawMembers choice_extra = {};
  json::RawMembers reply_extra = {};
};

// Receives events one by one.
class EventSink {
 public:
  virtual void take(const Event& event) = 0;

 protected:
  ~EventSink() = default;
};

}  // namespace onellm::chat
