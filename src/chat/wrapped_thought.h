// Reasoning that a provider wants back with later requests, as a client of another dialect sends it back: the gateway
// wrapped it for that client (dialects/common/reasoning/envelope.h).
//
// Rule: only the model and provider named here may get it. Encoders never see one: what is not theirs was left out
// before (dialects/common/reasoning/returned_thoughts.h).
#pragma once

#include <cstdint>
#include <string_view>

#include "json/raw.h"

namespace onellm::chat {

enum class ThoughtKind : uint8_t {
  kThinking,   // A thinking block of Claude.
  kRedacted,   // A redacted block of Claude.
  kCall,       // Google's signature of the tool call that follows, or of the one before.
  kText,       // Google's signature of the text that follows.
  kReasoning,  // A reasoning item of OpenAI.
  kPlain,      // Unsigned reasoning of a host.
};

struct WrappedThought {
  ThoughtKind kind = ThoughtKind::kPlain;
  bool is_open = true;             // False: the wrapping was damaged, so nobody gets it.
  std::string_view provider = {};  // Plain text, like the model.
  std::string_view model = {};     // The model that was asked.
  json::Raw payload = {};          // An object with the members of its kind.
  json::RawString text = {};       // The reasoning as the client saw it; may be empty.
  uint32_t place = 0;              // As in ThinkingBlock, like those below.
  uint32_t calls_before = 0;
  int64_t text_before = 0;
};

}  // namespace onellm::chat
