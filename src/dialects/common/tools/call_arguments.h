// The arguments of an earlier tool call for providers that take them as a JSON object, where OpenAI has a
// string of JSON.
#pragma once

#include <string>

#include "chat/request.h"

namespace onellm::dialects {

// Appends one JSON object, whatever the model once wrote: no arguments are {}, the input of a custom tool
// is {"input":…}, and what is no object is kept as {"rawInvalidInput":…}, so that a conversation with such
// a call in it can go on.
void append_arguments(const chat::ToolCall& call, std::string& out);

// True if the text is one JSON object, white space around it allowed.
[[nodiscard]] bool is_json_object(std::string_view text);

}  // namespace onellm::dialects
