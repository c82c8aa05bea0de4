// Which session of a client a request belongs to, and which client sent it: from headers, for the dashboard.
//
// Rule: for display only. Neither decides where a request goes, who sends it, or what it may do.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "gateway/http/head.h"

namespace onellm::gateway {

// The headers that these functions read.
[[nodiscard]] std::span<const std::string_view> session_headers();

// The id of the request's session; empty: it names none. The first of the headers with an id decides; a value that is
// no id (1 to kSessionIdBytesMax of A-Z a-z 0-9 . _ : -) counts as absent. Views the text of the head.
[[nodiscard]] std::string_view session_id_of(const Head& request);

// The client's name from the header `user-agent`: "claude-code", "opencode"; empty: unknown. A client that is not in
// the table has the name that it gives itself, in small letters, if that is 1 to kAgentBytesMax of a-z 0-9 . _ -.
[[nodiscard]] std::string agent_of(std::string_view user_agent);

}  // namespace onellm::gateway
