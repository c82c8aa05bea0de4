// Edits the array of tools for a host that refuses cache marks in it, or two tools of one name.
#pragma once

#include <string_view>
#include <vector>

#include "chat/request.h"
#include "dialects/common/request/host_rules.h"
#include "dialects/openai_chat/request/splice/member_edit.h"

namespace onellm::dialects::openai_chat {

// `array` is the value of the request's `tools` in its source, and `tools` what was read from it. An empty edit: the
// host accepts the array unchanged.
[[nodiscard]] MemberEdit edit_tools(const std::vector<chat::Tool>& tools, const HostRules& host,
                                    std::string_view array);

}  // namespace onellm::dialects::openai_chat
