// The constant parts of the events of a Messages stream. Each has an `event:` line: client libraries ignore events
// without it.
// https://docs.claude.com/en/docs/build-with-claude/streaming
#pragma once

#include <string_view>

namespace onellm::dialects::anthropic_messages {

inline constexpr std::string_view kFrameEnd = "\n\n";
inline constexpr std::string_view kPing = "event: ping\ndata: {\"type\": \"ping\"}\n\n";
inline constexpr std::string_view kMessageStop = "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";

}  // namespace onellm::dialects::anthropic_messages
