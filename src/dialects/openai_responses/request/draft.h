// A request for the Responses API while it is written: its source, its body so far, the dropped parameters, and the
// first reason why it cannot be sent. All parts of the encoder share it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "chat/request.h"
#include "dialects/common/errors/complaint.h"
#include "dialects/common/request/drops.h"
#include "dialects/common/splice/spliced_text.h"
#include "dialects/common/tools/tool_names.h"
#include "dialects/dialect.h"

namespace onellm::dialects::openai_responses {

// See RequestDraft::origin().
[[nodiscard]] inline std::string origin_of(const EncodeOptions& options) {
  if (options.host.place.empty()) return options.model;
  return std::string(options.host.place) + "/" + options.model;
}

struct RequestDraft {
  const chat::Request& request;
  const EncodeOptions& options;
  ToolNames names = ToolNames(request, ToolNameForm::kPlain);
  SplicedText body = {};
  Drops drops = Drops(request.source);
  std::optional<Error> error = {};

  // The model, and its place if there are several. The answer's reasoning is marked with it, since only the same one
  // can read that reasoning again.
  [[nodiscard]] std::string origin() const { return origin_of(options); }

  // Keeps the error "<param> <complaint>.", unless there is an earlier one. Encoding continues all the same.
  void refuse(std::string param, std::string_view complaint) {
    complain(error, std::move(param), complaint, ErrorKind::kUnsupportedParameter);
  }
};

}  // namespace onellm::dialects::openai_responses
