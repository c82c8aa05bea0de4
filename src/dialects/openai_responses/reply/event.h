// What one event of a Responses stream says, as typed views into its text. A whole reply is such an event,
// too: the response itself, which the last event of a stream holds as well.
// https://platform.openai.com/docs/api-reference/responses-streaming
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "chat/usage.h"
#include "json/raw.h"

namespace onellm::dialects::openai_responses {

enum class EventType : uint8_t {
  kResponse,        // How the response stands (created, queued, in_progress).
  kEnd,             // The same, once it is completed, or incomplete by its own rules.
  kFailed,          // The same, once it has failed.
  kItemAdded,       // item
  kItemDone,        // item
  kTextDelta,       // text, logprobs
  kRefusalDelta,    // text
  kReasoningDelta,  // text
  kInputDelta,      // text: a fragment of the arguments of a function, or of a custom tool's input
  kInputDone,       // text: all of it
  kAnnotation,      // annotation
  kError,           // error
  kOther,           // What says the same again, and what the provider's own tools do.
};

enum class ItemKind : uint8_t { kHidden, kMessage, kFunctionCall, kCustomCall, kReasoning, kImage };

enum class PartKind : uint8_t { kHidden, kText, kRefusal, kSummary, kReasoning };

// A place on the web that a part of the text was taken from.
struct Citation {
  int64_t start = 0;  // In characters (code points) of its part.
  int64_t end = 0;
  json::RawString url = {};  // Empty: no place on the web.
  json::RawString title = {};
};

// A piece of a message or of reasoning.
struct Part {
  PartKind kind = PartKind::kHidden;
  json::RawString text = {};
  json::Raw logprobs = {};
  size_t citations_begin = 0;  // Of Event::citations.
  size_t citations_end = 0;
};

// One element of `output`.
struct Item {
  ItemKind kind = ItemKind::kHidden;
  json::RawString id = {};
  json::RawString call_id = {};
  json::RawString name = {};
  json::RawString input = {};  // Of a function: its arguments.
  json::RawString encrypted_content = {};
  json::RawString image = {};         // Of a picture that was drawn: base64,
  json::RawString image_format = {};  // and its kind: png, jpeg, webp; empty: not said.
  json::RawString phase = {};         // Of a message: commentary, final_answer; empty: not said.
  size_t parts_begin = 0;             // Of Event::parts.
  size_t parts_end = 0;
};

struct Event {
  EventType type = EventType::kOther;
  int64_t output_index = -1;  // Which item; -1: not said.
  int64_t content_index = 0;  // Which part of it, or of its summary.
  json::RawString item_id = {};
  json::RawString text = {};
  json::Raw logprobs = {};
  Citation annotation = {};
  Item item = {};

  // The response.
  json::RawString id = {};
  json::RawString model = {};
  int64_t created_s = 0;
  json::RawString status = {};
  json::RawString incomplete_reason = {};
  json::RawString service_tier = {};
  bool has_output = false;
  std::vector<Item> output = {};
  std::optional<chat::Usage> usage = {};
  json::Raw content_filters = {};  // Azure's; empty where absent or null.

  json::Raw error = {};  // Empty where absent or null.
  // An error that stands in the event itself.
  json::RawString error_code = {};
  json::RawString error_message = {};
  json::RawString error_param = {};

  std::vector<Part> parts = {};
  std::vector<Citation> citations = {};
};

}  // namespace onellm::dialects::openai_responses
