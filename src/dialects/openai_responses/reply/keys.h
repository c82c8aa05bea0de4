// The words of a Responses reply that its reader knows. Each key is looked up once.
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
  kOther,  // Not one of ours.
};

[[nodiscard]] Key to_key(json::RawString key);
[[nodiscard]] EventType to_event_type(json::RawString type);
// Of a line `event:`, which is no JSON.
[[nodiscard]] EventType to_event_type(std::string_view type_of_line);
[[nodiscard]] ItemKind to_item_kind(json::RawString type);
[[nodiscard]] PartKind to_part_kind(json::RawString type);

}  // namespace onellm::dialects::openai_responses
