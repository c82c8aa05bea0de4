// Writes server-sent events: one JSON text per event, LF, `data: `.
#pragma once

#include <string>
#include <string_view>

namespace onellm::sse {

inline constexpr std::string_view kDone = "data: [DONE]\n\n";
inline constexpr std::string_view kKeepAlive = ": keep-alive\n\n";

// Appends the start of an event; the caller appends its data, which holds no line end, and then end_event.
inline void begin_event(std::string& out) { out += "data: "; }
inline void end_event(std::string& out) { out += "\n\n"; }

}  // namespace onellm::sse
