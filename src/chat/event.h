// An answer as a flow of typed events: what every decoder makes and every encoder takes, streamed or
// not. Between the two stand merging and accounting.
//
// The order that a decoder keeps, for each choice: kStarted, then any of text, reasoning, refusal,
// extra and tool calls, then one kFinished. (Hosts do not always keep to it: a filter may judge late, a
// finish_reason come early. What follows kFinished is passed on all the same.) kUsage stands anywhere,
// and the last one wins. kCompleted ends a whole answer that arrived whole; kFailed ends one that did
// not. Nothing follows either.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/error.h"
#include "chat/usage.h"
#include "json/raw.h"

namespace onellm::chat {

enum class EventKind : uint8_t {
  kStarted,         // A choice begins. id, name (the model served) and created_s of the answer.
  kText,            // text
  kReasoning,       // text
  kRefusal,         // text
  kToolCallOpened,  // tool_call, id, name, custom
  kToolArguments,   // tool_call, text: a fragment of the arguments (of a custom tool: of its input)
  kExtra,           // Only the raw members below; what the dialect knows and the canonical model does not.
  kFinished,        // finish, native_finish
  kUsage,           // usage
  kCompleted,       // The answer is whole.
  kFailed,          // error
};

enum class FinishReason : uint8_t { kStop, kLength, kToolCalls, kContentFilter, kFunctionCall, kError };

// The words of OpenAI's finish_reason; "error" is ours.
[[nodiscard]] std::string_view to_string(FinishReason reason);

// A turn that the provider paused: what it takes to go on with it (dialects::Dialect::continue_request).
struct UnfinishedTurn {
  json::Raw content = {};  // What was said so far, in the provider's own format.
  int64_t characters = 0;  // Of the text so far.
};

// All views end with the call that the event was handed to.
struct Event {
  EventKind kind = EventKind::kExtra;
  uint32_t choice = 0;     // Dense from 0.
  uint32_t tool_call = 0;  // Within its choice, dense from 0 in the order of opening.
  bool custom = false;     // kToolCallOpened, kToolArguments: a custom tool, not a function.
  json::RawString text = {};
  json::RawString id = {};    // Of the answer, or of the tool call.
  json::RawString name = {};  // Of the model, or of the tool.
  int64_t created_s = 0;      // Seconds since 1970; 0: not said.
  FinishReason finish = FinishReason::kStop;
  json::RawString native_finish = {};          // kFinished: the provider's own word where it differs; else empty.
  const UnfinishedTurn* unfinished = nullptr;  // kFinished: the provider would go on if it was asked to; else null.
  const Usage* usage = nullptr;
  const Error* error = nullptr;

  // What came beside it and is passed on: members of the delta (or of the tool call, where the event
  // is of one), of the choice (`logprobs`), and of the chunk (`service_tier`).
  json::RawMembers delta_extra = {};
  json::RawMembers choice_extra = {};
  json::RawMembers reply_extra = {};
};

// Takes events one by one.
class EventSink {
 public:
  virtual void take(const Event& event) = 0;

 protected:
  ~EventSink() = default;
};

}  // namespace onellm::chat
