#include "dialects/openai_responses/reply/keys.h"

#include "dialects/common/reply/named_keys.h"

namespace onellm::dialects::openai_responses {

namespace {

// The most frequent first.
constexpr NamedKey<Key> kKeys[] = {
    {"type", Key::kType},
    {"delta", Key::kDelta},
    {"output_index", Key::kOutputIndex},
    {"content_index", Key::kContentIndex},
    {"summary_index", Key::kContentIndex},
    {"item_id", Key::kItemId},
    {"logprobs", Key::kLogprobs},
    {"item", Key::kItem},
    {"response", Key::kResponse},
    {"id", Key::kId},
    {"model", Key::kModel},
    {"status", Key::kStatus},
    {"arguments", Key::kInput},
    {"input", Key::kInput},
    {"call_id", Key::kCallId},
    {"name", Key::kName},
    {"text", Key::kText},
    {"content", Key::kContent},
    {"annotations", Key::kAnnotations},
    {"annotation", Key::kAnnotation},
    {"summary", Key::kSummary},
    {"phase", Key::kPhase},
    {"result", Key::kResult},
    {"output_format", Key::kOutputFormat},
    {"encrypted_content", Key::kEncryptedContent},
    {"created_at", Key::kCreatedAt},
    {"output", Key::kOutput},
    {"usage", Key::kUsage},
    {"error", Key::kError},
    {"incomplete_details", Key::kIncompleteDetails},
    {"reason", Key::kReason},
    {"service_tier", Key::kServiceTier},
    {"refusal", Key::kRefusal},
    {"start_index", Key::kStartIndex},
    {"end_index", Key::kEndIndex},
    {"url", Key::kUrl},
    {"title", Key::kTitle},
    {"code", Key::kCode},
    {"message", Key::kMessage},
    {"param", Key::kParam},
    {"content_filters", Key::kContentFilters},
};

constexpr NamedKey<EventType> kEventTypes[] = {
    {"response.output_text.delta", EventType::kTextDelta},
    {"response.function_call_arguments.delta", EventType::kInputDelta},
    {"response.custom_tool_call_input.delta", EventType::kInputDelta},
    {"response.reasoning_summary_text.delta", EventType::kReasoningDelta},
    {"response.reasoning_text.delta", EventType::kReasoningDelta},
    {"response.refusal.delta", EventType::kRefusalDelta},
    {"response.output_item.added", EventType::kItemAdded},
    {"response.output_item.done", EventType::kItemDone},
    {"response.function_call_arguments.done", EventType::kInputDone},
    {"response.custom_tool_call_input.done", EventType::kInputDone},
    {"response.output_text.annotation.added", EventType::kAnnotation},
    {"response.created", EventType::kResponse},
    {"response.queued", EventType::kResponse},
    {"response.in_progress", EventType::kResponse},
    {"response.completed", EventType::kEnd},
    {"response.incomplete", EventType::kEnd},
    {"response.failed", EventType::kFailed},
    {"error", EventType::kError},
};

constexpr NamedKey<ItemKind> kItemKinds[] = {
    {"message", ItemKind::kMessage},
    {"function_call", ItemKind::kFunctionCall},
    {"custom_tool_call", ItemKind::kCustomCall},
    {"reasoning", ItemKind::kReasoning},
    {"image_generation_call", ItemKind::kImage},
};

constexpr NamedKey<PartKind> kPartKinds[] = {
    {"output_text", PartKind::kText},
    {"refusal", PartKind::kRefusal},
    {"summary_text", PartKind::kSummary},
    {"reasoning_text", PartKind::kReasoning},
};

}  // namespace

Key to_key(json::RawString key) { return find_key(kKeys, key, Key::kOther); }

EventType to_event_type(json::RawString type) { return find_key(kEventTypes, type, EventType::kOther); }

EventType to_event_type(std::string_view type_of_line) {
  return find_name(kEventTypes, type_of_line, EventType::kOther);
}

ItemKind to_item_kind(json::RawString type) { return find_key(kItemKinds, type, ItemKind::kHidden); }

PartKind to_part_kind(json::RawString type) { return find_key(kPartKinds, type, PartKind::kHidden); }

}  // namespace onellm::dialects::openai_responses
