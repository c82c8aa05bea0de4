#include "dialects/anthropic_messages/reply/keys.h"

#include "dialects/common/reply/named_keys.h"

namespace onellm::dialects::anthropic_messages {

namespace {

constexpr NamedKey<Key> kKeys[] = {
    {"type", Key::kType},
    {"index", Key::kIndex},
    {"delta", Key::kDelta},
    {"text", Key::kText},
    {"thinking", Key::kThinking},
    {"partial_json", Key::kPartialJson},
    {"content_block", Key::kContentBlock},
    {"signature", Key::kSignature},
    {"citation", Key::kCitation},
    {"citations", Key::kCitations},
    {"id", Key::kId},
    {"name", Key::kName},
    {"input", Key::kInput},
    {"data", Key::kData},
    {"message", Key::kMessage},
    {"model", Key::kModel},
    {"content", Key::kContent},
    {"stop_reason", Key::kStopReason},
    {"stop_sequence", Key::kStopSequence},
    {"stop_details", Key::kStopDetails},
    {"usage", Key::kUsage},
    {"container", Key::kContainer},
    {"error", Key::kError},
};

constexpr NamedKey<EventType> kEventTypes[] = {
    {"content_block_delta", EventType::kBlockDelta},
    {"content_block_start", EventType::kBlockStart},
    {"content_block_stop", EventType::kBlockStop},
    {"message_start", EventType::kMessageStart},
    {"message_delta", EventType::kMessageDelta},
    {"message_stop", EventType::kMessageStop},
    {"message", EventType::kMessage},
    {"error", EventType::kError},
};

constexpr NamedKey<PartKind> kPartKinds[] = {
    {"text_delta", PartKind::kText},
    {"input_json_delta", PartKind::kToolInput},
    {"thinking_delta", PartKind::kThinking},
    {"signature_delta", PartKind::kSignature},
    {"citations_delta", PartKind::kCitation},
    {"text", PartKind::kText},
    {"tool_use", PartKind::kToolUse},
    {"thinking", PartKind::kThinking},
    {"redacted_thinking", PartKind::kRedacted},
    {"fallback", PartKind::kFallback},
};

}  // namespace

Key to_key(json::RawString key) { return find_key(kKeys, key, Key::kOther); }

EventType to_event_type(json::RawString type) { return find_key(kEventTypes, type, EventType::kOther); }

EventType to_event_type(std::string_view type_of_line) {
  return find_name(kEventTypes, type_of_line, EventType::kOther);
}

PartKind to_part_kind(json::RawString type) { return find_key(kPartKinds, type, PartKind::kHidden); }

}  // namespace onellm::dialects::anthropic_messages
