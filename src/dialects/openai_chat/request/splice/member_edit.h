// Edits that leave out a member of a request.
#pragma once

#include <string_view>

#include "dialects/common/splice/member_edit.h"
#include "json/raw.h"

namespace onellm::dialects::openai_chat {

// True if the value is the parameter's default or null.
[[nodiscard]] bool is_default(std::string_view parameter, json::Raw value);

// Cuts the member. Reports it as dropped unless it has the default value.
[[nodiscard]] MemberEdit leave_out(std::string_view parameter, json::Raw value);

}  // namespace onellm::dialects::openai_chat
