// State that the parts of compose() share: the request, how it is written, what is left out, and the first error.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "chat/request.h"
#include "dialects/common/errors/complaint.h"
#include "dialects/common/request/drops.h"
#include "dialects/common/tools/tool_names.h"
#include "dialects/dialect.h"

namespace onellm::dialects::openai_chat {

// How marks of prompt caches are written.
enum class MarkForm : uint8_t {
  kAsGiven,      // In the client's form.
  kBreakpoints,  // As `prompt_cache_breakpoint` of a part.
  kNone,         // Not at all: they change no answer, so they are not reported either.
};

struct ComposeDraft {
  const chat::Request& request;
  const EncodeOptions& options;
  const ToolNames& names;
  bool is_own = false;  // The request was decoded from this dialect, so its `extra` and `unknown` members are written.
  MarkForm marks = MarkForm::kNone;
  std::string_view effort_said_by = {};  // The client's parameter of which `reasoning_effort` was made; empty: none.
  Drops drops = Drops(request.source);
  std::optional<Error> error = {};

  void refuse(std::string param, std::string_view complaint) {
    complain(error, std::move(param), complaint, ErrorKind::kUnsupportedParameter);
  }
};

}  // namespace onellm::dialects::openai_chat
