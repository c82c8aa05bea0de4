// What one event of a Messages stream says, as typed views into its text. A whole reply is the event of
// type `message`: it has in one piece what `message_start` and `message_delta` have in two.
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
  kOther,  // ping, and what may come later
};

// A content block, whole or its beginning, or a delta of one.
enum class PartKind : uint8_t {
  kText,       // text
  kThinking,   // text, signature
  kSignature,  // signature; only a delta
  kRedacted,   // text: the encrypted thinking; only a block
  kToolUse,    // id, name, input; only a block
  kToolInput,  // text: a fragment of the JSON; only a delta
  kCitation,   // citations: one; only a delta
  kFallback,   // Another model takes over; only a block, and hidden
  kHidden,     // What the provider's own tools do, and what we do not know.
};

// A place that a text was taken from.
struct Citation {
  json::RawString url;  // Empty: a place in a document that the client sent.
  json::RawString title;
};

struct Part {
  PartKind kind = PartKind::kHidden;
  json::RawString text = {};
  json::RawString signature = {};
  json::RawString id = {};
  json::RawString name = {};
  json::Raw input = {};
  size_t citations_begin = 0;  // Of MessageEvent::citations.
  size_t citations_end = 0;
};

struct MessageEvent {
  EventType type = EventType::kOther;
  int64_t index = -1;  // Of the block; -1: not said.
  Part part = {};      // kBlockStart, kBlockDelta

  // kMessage, kMessageStart, kMessageDelta
  json::RawString id = {};
  json::RawString model = {};
  bool has_content = false;
  std::vector<Part> content = {};
  json::RawString stop_reason = {};  // Empty: not said, or null.
  json::RawString explanation = {};  // Of a refusal.
  json::Raw container = {};          // Empty: not said, or null.
  TokenCounts usage = {};

  bool has_error = false;
  std::vector<Citation> citations = {};
};

}  // namespace onellm::dialects::anthropic_messages
