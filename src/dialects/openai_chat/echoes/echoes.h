// Echoes: members of answers that clients send back in the messages of later requests. Some hosts refuse them.
#pragma once

#include <cstdint>

namespace onellm::dialects::openai_chat {

// A set of them (chat::MessageNotes::echoes).
using EchoSet = uint32_t;

namespace echo {
inline constexpr EchoSet kReasoningContent = 1;
inline constexpr EchoSet kReasoning = 2;
inline constexpr EchoSet kReasoningDetails = 4;
inline constexpr EchoSet kExtraContent = 8;  // In the message or in one of its calls.
inline constexpr EchoSet kThinkingBlocks = 16;
inline constexpr EchoSet kChannel = 32;
inline constexpr EchoSet kAnnotations = 64;
inline constexpr EchoSet kNull = 128;  // Any member that is null (`refusal`), except the content.
inline constexpr EchoSet kContentParts = 256;
inline constexpr EchoSet kImages = 512;
inline constexpr EchoSet kCodeExecution = 1024;
inline constexpr EchoSet kAll = 2047;
}  // namespace echo

}  // namespace onellm::dialects::openai_chat
