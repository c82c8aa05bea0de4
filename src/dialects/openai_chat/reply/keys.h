// The keys of a reply that the chunk reader knows.
// Rule: Look up each key of a chunk only once. Comparing it with every name in turn took half the time of decoding a
// stream.
#pragma once

#include <cstdint>

#include "json/raw.h"

namespace onellm::dialects::openai_chat {

enum class ChunkKey : uint8_t {
  kAnnotations,
  kAudio,
  kArguments,
  kChannel,
  kChoices,
  kContent,
  kContentFilterOffsets,
  kContentFilterResults,
  kCreated,
  kCustom,
  kDelta,
  kError,
  kVendorContent,
  kFinishReason,
  kFunction,
  kFunctionCall,
  kId,
  kImages,
  kIndex,
  kInput,
  kLogprobs,
  kMessage,
  kModel,
  kName,
  kNativeFinishReason,
  kObfuscation,
  kObject,
  kReasoning,
  kReasoningContent,
  kRefusal,
  kRole,
  kServiceTier,
  kText,
  kThinking,
  kToolCalls,
  kType,
  kUsage,
  kXGroq,
  kOther,  // Not a known key.
};

[[nodiscard]] ChunkKey chunk_key(json::RawString key);

}  // namespace onellm::dialects::openai_chat
