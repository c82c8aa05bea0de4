// Writes server-sent events, each as `data: `, one JSON text and LF LF.
#pragma once

#include <string>
#include <string_view>

namespace onellm::sse {

// A comment, which clients ignore.
inline constexpr std::string_view kKeepAlive = ": keep-alive\n\n";

// Appends the start of an event. The caller then appends its data, without line ends, and calls end_event().
inline void begin_event(std::string& out) { out += "data: "; }
inline void end_event(std::string& out) { out += "\n\n"; }

}  // namespace onellm::sse
