// The names that ReplyReader knows: keys of objects, and the types of events and parts.
#pragma once

#include <cstdint>

#include "dialects/anthropic_messages/reply/event.h"

namespace onellm::dialects::anthropic_messages {

enum class Key : uint8_t {
  kCitation,
  kCitations,
  kContainer,
  kContent,
  kContentBlock,
  kData,
  kDelta,
  kError,
  kId,
  kIndex,
  kInput,
  kMessage,
  kModel,
  kName,
  kPartialJson,
  kSignature,
  kStopDetails,
  kStopReason,
  kStopSequence,
  kText,
  kThinking,
  kType,
  kUsage,
  kOther,  // Any other key.
};

[[nodiscard]] Key to_key(json::RawString key);
[[nodiscard]] EventType to_event_type(json::RawString type);
// Like above, for an `event:` line, which is plain text.
[[nodiscard]] EventType to_event_type(std::string_view type_of_line);
// `type` of a content block or of a delta.
[[nodiscard]] PartKind to_part_kind(json::RawString type);

}  // namespace onellm::dialects::anthropic_messages
