#include "dialects/anthropic_messages/reply/keys.h"

#include "dialects/common/reply/named_keys.h"

namespace onellm::dialects {

namespace {

constexpr NamedKey<AnthropicKey> kKeys[] = {
    {"type", AnthropicKey::kType},
    {"index", AnthropicKey::kIndex},
    {"delta", AnthropicKey::kDelta},
    {"text", AnthropicKey::kText},
    {"thinking", AnthropicKey::kThinking},
    {"partial_json", AnthropicKey::kPartialJson},
    {"content_block", AnthropicKey::kContentBlock},
    {"signature", AnthropicKey::kSignature},
    {"citation", AnthropicKey::kCitation},
    {"citations", AnthropicKey::kCitations},
    {"id", AnthropicKey::kId},
    {"name", AnthropicKey::kName},
    {"input", AnthropicKey::kInput},
    {"data", AnthropicKey::kData},
    {"message", AnthropicKey::kMessage},
    {"model", AnthropicKey::kModel},
    {"content", AnthropicKey::kContent},
    {"stop_reason", AnthropicKey::kStopReason},
    {"stop_details", AnthropicKey::kStopDetails},
    {"usage", AnthropicKey::kUsage},
    {"container", AnthropicKey::kContainer},
    {"error", AnthropicKey::kError},
};

constexpr NamedKey<AnthropicEventType> kEventTypes[] = {
    {"content_block_delta", AnthropicEventType::kBlockDelta},
    {"content_block_start", AnthropicEventType::kBlockStart},
    {"content_block_stop", AnthropicEventType::kBlockStop},
    {"message_start", AnthropicEventType::kMessageStart},
    {"message_delta", AnthropicEventType::kMessageDelta},
    {"message_stop", AnthropicEventType::kMessageStop},
    {"message", AnthropicEventType::kMessage},
    {"error", AnthropicEventType::kError},
};

constexpr NamedKey<AnthropicPartKind> kPartKinds[] = {
    {"text_delta", AnthropicPartKind::kText},
    {"input_json_delta", AnthropicPartKind::kToolInput},
    {"thinking_delta", AnthropicPartKind::kThinking},
    {"signature_delta", AnthropicPartKind::kSignature},
    {"citations_delta", AnthropicPartKind::kCitation},
    {"text", AnthropicPartKind::kText},
    {"tool_use", AnthropicPartKind::kToolUse},
    {"thinking", AnthropicPartKind::kThinking},
    {"redacted_thinking", AnthropicPartKind::kRedacted},
    {"fallback", AnthropicPartKind::kFallback},
};

}  // namespace

AnthropicKey anthropic_key(json::RawString key) { return find_key(kKeys, key, AnthropicKey::kOther); }

AnthropicEventType anthropic_event_type(json::RawString type) {
  return find_key(kEventTypes, type, AnthropicEventType::kOther);
}

AnthropicEventType anthropic_event_type(std::string_view type_of_line) {
  return find_name(kEventTypes, type_of_line, AnthropicEventType::kOther);
}

AnthropicPartKind anthropic_part_kind(json::RawString type) {
  return find_key(kPartKinds, type, AnthropicPartKind::kHidden);
}

}  // namespace onellm::dialects
