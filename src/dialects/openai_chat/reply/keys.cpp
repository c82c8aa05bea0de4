#include "dialects/openai_chat/reply/keys.h"

#include "dialects/common/reply/named_keys.h"

namespace onellm::dialects::openai_chat {

namespace {

// The most frequent first.
constexpr NamedKey<ChunkKey> kKeys[] = {
    {"id", ChunkKey::kId},
    {"object", ChunkKey::kObject},
    {"created", ChunkKey::kCreated},
    {"model", ChunkKey::kModel},
    {"choices", ChunkKey::kChoices},
    {"index", ChunkKey::kIndex},
    {"delta", ChunkKey::kDelta},
    {"content", ChunkKey::kContent},
    {"logprobs", ChunkKey::kLogprobs},
    {"finish_reason", ChunkKey::kFinishReason},
    {"usage", ChunkKey::kUsage},
    {"service_tier", ChunkKey::kServiceTier},
    {"obfuscation", ChunkKey::kObfuscation},
    {"tool_calls", ChunkKey::kToolCalls},
    {"function", ChunkKey::kFunction},
    {"arguments", ChunkKey::kArguments},
    {"reasoning_content", ChunkKey::kReasoningContent},
    {"role", ChunkKey::kRole},
    {"refusal", ChunkKey::kRefusal},
    {"reasoning", ChunkKey::kReasoning},
    {"name", ChunkKey::kName},
    {"type", ChunkKey::kType},
    {"custom", ChunkKey::kCustom},
    {"input", ChunkKey::kInput},
    {"message", ChunkKey::kMessage},
    {"error", ChunkKey::kError},
    {"text", ChunkKey::kText},
    {"thinking", ChunkKey::kThinking},
    {"native_finish_reason", ChunkKey::kNativeFinishReason},
    {"x_groq", ChunkKey::kXGroq},
    {"channel", ChunkKey::kChannel},
    {"content_filter_results", ChunkKey::kContentFilterResults},
    {"content_filter_offsets", ChunkKey::kContentFilterOffsets},
    {"annotations", ChunkKey::kAnnotations},
    {"images", ChunkKey::kImages},
    {"audio", ChunkKey::kAudio},
    {"function_call", ChunkKey::kFunctionCall},
    {"extra_content", ChunkKey::kVendorContent},
};

}  // namespace

ChunkKey chunk_key(json::RawString key) { return find_key(kKeys, key, ChunkKey::kOther); }

}  // namespace onellm::dialects::openai_chat
