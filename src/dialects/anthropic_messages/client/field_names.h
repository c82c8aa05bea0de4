// The names by which clients of this API know the fields of their requests. Encoders know them by OpenAI's names and by
// their places in chat::Request.
#pragma once

#include <string>
#include <string_view>

#include "chat/request.h"

namespace onellm::dialects::anthropic_messages {

// `canonical`: the name of a parameter, or a path such as `messages[0].content[1].file`. Other texts are returned with
// dots for brackets.
[[nodiscard]] std::string field_name(std::string_view canonical, const chat::Request& request);

}  // namespace onellm::dialects::anthropic_messages
