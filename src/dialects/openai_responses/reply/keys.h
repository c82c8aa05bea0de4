// The keys and types of a Responses reply that its reader knows.
// Rule: Look up each key only once.
#pragma once

#include <cstdint>
#include <string_view>

#include "dialects/openai_responses/reply/event.h"
#include "json/raw.h"

namespace onellm::dialects::openai_responses {

enum class Key : uint8_t {
  kAnnotation,
  kAnnotations,
  kCallId,
  kCode,
  kContent,
  kContentFilters,
  kContentIndex,
  kCreatedAt,
  kDelta,
  kEncryptedContent,
  kEndIndex,
  kError,
  kId,
  kIncompleteDetails,
  kInput,
  kItem,
  kItemId,
  kLogprobs,
  kMessage,
  kModel,
  kName,
  kOutput,
  kOutputIndex,
  kParam,
  kReason,
  kRefusal,
  kResponse,
  kServiceTier,
  kStartIndex,
  kStatus,
  kSummary,
  kPhase,
  kResult,
  kOutputFormat,
  kText,
  kTitle,
  kType,
  kUrl,
  kUsage,
  kOther,  // Not a known key.
};

[[nodiscard]] Key to_key(json::RawString key);
[[nodiscard]] EventType to_event_type(json::RawString type);
// For the text of an `event:` line, which is not JSON.
[[nodiscard]] EventType to_event_type(std::string_view type_of_line);
[[nodiscard]] ItemKind to_item_kind(json::RawString type);
[[nodiscard]] PartKind to_part_kind(json::RawString type);

}  // namespace onellm::dialects::openai_responses
