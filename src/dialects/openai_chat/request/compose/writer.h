// Composes a request in OpenAI's chat format from the fields of chat::Request alone, whatever dialect its source is in.
// The text is what a client would send to OpenAI; the edits for hosts and models (source_encoder.h) are applied to it.
//
// Rule: the same request always gives the same text, and `messages` comes last. So one more turn changes nothing before
// it, and prompt caches stay valid.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "chat/request.h"
#include "dialects/common/request/drops.h"
#include "dialects/common/tools/tool_names.h"
#include "dialects/dialect.h"

namespace onellm::dialects::openai_chat {

struct Composed {
  std::string text;
  Drops drops;
  bool sends_marks = false;         // Parts may have marks of prompt caches.
  std::string_view effort_said_by;  // The client's parameter of which `reasoning_effort` was made; empty: none.
};

// The model is the one of `options`; tools have the names of `names`. Error kUnsupportedParameter: a part or a tool
// choice cannot be written.
[[nodiscard]] Result<Composed> compose(const chat::Request& request, const ToolNames& names,
                                       const EncodeOptions& options);

}  // namespace onellm::dialects::openai_chat
