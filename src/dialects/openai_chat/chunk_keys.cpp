#include "dialects/openai_chat/chunk_keys.h"

#include <string>
#include <string_view>

namespace onellm::dialects {

namespace {

struct NamedKey {
  std::string_view name;
  ChunkKey key;
};

// The most frequent first.
constexpr NamedKey kKeys[] = {
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
};

ChunkKey find(std::string_view name) {
  for (const NamedKey& known : kKeys) {
    if (known.name.size() == name.size() && known.name.front() == name.front() && known.name == name) return known.key;
  }
  return ChunkKey::kOther;
}

}  // namespace

ChunkKey chunk_key(json::RawString key) {
  if (key.text.empty()) return ChunkKey::kOther;
  const ChunkKey found = find(key.text);
  if (found != ChunkKey::kOther || key.text.find('\\') == key.text.npos) return found;
  const std::string unescaped = json::unescape(key);
  return unescaped.empty() ? ChunkKey::kOther : find(unescaped);
}

}  // namespace onellm::dialects
