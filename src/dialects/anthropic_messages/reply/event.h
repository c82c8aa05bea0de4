// One event of a Messages stream, as typed views into its JSON text. A whole reply is the event of type `message`: it
// has the fields of both `message_start` and `message_delta`.
// https://docs.claude.com/en/docs/build-with-claude/streaming
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "dialects/anthropic_messages/usage.h"
#include "json/raw.h"

namespace onellm::dialects::anthropic_messages {

enum class EventType : uint8_t {
  kMessage,
  kMessageStart,
  kBlockStart,
  kBlockDelta,
  kBlockStop,
  kMessageDelta,
  kMessageStop,
  kError,
  kOther,  // ping, and types that are not known
};

// The kind of a content block (whole, or its start) or of a delta. The comments name the fields of Part in use.
enum class PartKind : uint8_t {
  kText,       // text
  kThinking,   // text, signature
  kSignature,  // signature; only a delta
  kRedacted,   // text: the encrypted thinking; never a delta
  kToolUse,    // id, name, input; never a delta
  kToolInput,  // text: a fragment of the JSON; only a delta
  kCitation,   // citations: one; only a delta
  kFallback,   // Another model takes over; never a delta, not shown to the client
  kHidden,     // Not shown to the client: steps of the provider's own tools, and unknown kinds
};

// The source of a cited text.
struct Citation {
  json::RawString url = {};  // Empty: a document that the client sent.
  json::RawString title = {};
  json::RawString quote = {};      // The cited words.
  json::RawString reference = {};  // encrypted_index
};

struct Part {
  PartKind kind = PartKind::kHidden;
  json::RawString text = {};
  json::RawString signature = {};
  json::RawString id = {};
  json::RawString name = {};
  json::Raw input = {};
  size_t citations_begin = 0;  // Index into MessageEvent::citations.
  size_t citations_end = 0;
};

struct MessageEvent {
  EventType type = EventType::kOther;
  int64_t index = -1;  // Index of the block; -1: missing.
  Part part = {};      // kBlockStart, kBlockDelta

  // kMessage, kMessageStart, kMessageDelta
  json::RawString id = {};
  json::RawString model = {};
  bool has_content = false;
  std::vector<Part> content = {};
  json::RawString stop_reason = {};  // Empty: missing or null.
  json::RawString stop_sequence = {};
  json::RawString explanation = {};  // Why the model refused.
  json::RawString category = {};     // The kind of rule that it refused for.
  json::Raw container = {};          // Empty: missing or null.
  TokenCounts usage = {};

  bool has_error = false;
  std::vector<Citation> citations = {};
};

}  // namespace onellm::dialects::anthropic_messages
