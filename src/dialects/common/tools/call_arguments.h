// Writes the arguments of an earlier tool call as a JSON object, for providers that need one. OpenAI has them as a
// string of JSON.
#pragma once

#include <string>

#include "chat/request.h"

namespace onellm::dialects {

// Always appends one JSON object. Missing arguments become {}, the input of a custom tool becomes {"input":…}, and
// invalid arguments become {"rawInvalidInput":…}, so that a conversation with such a call can continue.
void append_arguments(const chat::ToolCall& call, std::string& out);

// True if the text is one JSON object, with or without white space around it.
[[nodiscard]] bool is_json_object(std::string_view text);

}  // namespace onellm::dialects
