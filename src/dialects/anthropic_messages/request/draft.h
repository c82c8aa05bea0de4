// A request to Claude while it is being made: what it is made from, what of it is known already, and the
// first reason why it cannot be sent. The parts of the encoder share it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "chat/request.h"
#include "dialects/anthropic_messages/request/schema/fit.h"
#include "dialects/common/errors/complaint.h"
#include "dialects/common/request/drops.h"
#include "dialects/common/tools/tool_names.h"
#include "dialects/dialect.h"
#include "models/contract.h"

namespace onellm::dialects::anthropic_messages {

struct RequestDraft {
  const chat::Request& request;
  const EncodeOptions& options;
  const models::Contract& rules = options.contract;
  ToolNames names = ToolNames(request, ToolNameForm::kClaude);
  Drops drops = {};
  std::vector<std::string_view> betas = {};  // What the body needs of `anthropic-beta`.
  std::optional<Error> error = {};
  std::vector<RenamedProperty> renamed = {};  // Of the tools.
  StrictRoom room = {};                       // For the format of the reply, and for strict tools.
  bool sends_thoughts = false;                // Signed blocks go back: what stands before them must stay as it was.
  bool gives_up_schema = false;               // The API cannot compile that of the reply.

  // True where the reply is to follow a JSON Schema, and is kept to it.
  [[nodiscard]] bool wants_schema() const;
  // Keeps the complaint, "<param> <complaint>.", unless there was one; the making goes on all the same.
  void refuse(std::string param, std::string_view complaint, ErrorKind kind = ErrorKind::kBadRequest) {
    complain(error, std::move(param), complaint, kind);
  }
  void need_beta(std::string_view beta);
};

}  // namespace onellm::dialects::anthropic_messages
