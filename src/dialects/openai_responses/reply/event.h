// One event of a Responses stream, as typed views into its text. A whole reply is read as an event, too: it is the
// response object, which the last event of a stream also holds.
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
  kResponse,        // The response's state: created, queued or in_progress.
  kEnd,             // The response, completed or incomplete.
  kFailed,          // The response, failed.
  kItemAdded,       // item
  kItemDone,        // item
  kTextDelta,       // text, logprobs
  kRefusalDelta,    // text
  kReasoningDelta,  // text
  kInputDelta,      // text: a fragment of a function's arguments, or of a custom tool's input
  kInputDone,       // text: the whole arguments or input
  kAnnotation,      // annotation
  kError,           // error
  kOther,           // Repetitions of other events, and progress of the provider's own tools.
};

enum class ItemKind : uint8_t { kHidden, kMessage, kFunctionCall, kCustomCall, kReasoning, kImage };

enum class PartKind : uint8_t { kHidden, kText, kRefusal, kSummary, kReasoning };

// The web page from which a part of the text was taken.
struct Citation {
  int64_t start = 0;  // In characters (code points) within its part.
  int64_t end = 0;
  json::RawString url = {};  // Empty: not a web page.
  json::RawString title = {};
};

// A piece of a message or of reasoning.
struct Part {
  PartKind kind = PartKind::kHidden;
  json::RawString text = {};
  json::Raw logprobs = {};
  size_t citations_begin = 0;  // Index in Event::citations.
  size_t citations_end = 0;
};

// One element of `output`.
struct Item {
  ItemKind kind = ItemKind::kHidden;
  json::RawString id = {};
  json::RawString call_id = {};
  json::RawString name = {};
  json::RawString input = {};  // A function's arguments, or a custom tool's input.
  json::RawString encrypted_content = {};
  json::RawString image = {};         // A generated image, in base64.
  json::RawString image_format = {};  // Its format: png, jpeg or webp; empty: unknown.
  json::RawString phase = {};         // A message's phase: commentary or final_answer; empty: not set.
  size_t parts_begin = 0;             // Index in Event::parts.
  size_t parts_end = 0;
};

struct Event {
  EventType type = EventType::kOther;
  int64_t output_index = -1;  // The item's index; -1: not given.
  int64_t content_index = 0;  // The index of the part in the item or in its summary.
  json::RawString item_id = {};
  json::RawString text = {};
  json::Raw logprobs = {};
  Citation annotation = {};
  Item item = {};

  // Members of the response.
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
  // Members of an error that is the event itself.
  json::RawString error_code = {};
  json::RawString error_message = {};
  json::RawString error_param = {};

  std::vector<Part> parts = {};
  std::vector<Citation> citations = {};
};

}  // namespace onellm::dialects::openai_responses
