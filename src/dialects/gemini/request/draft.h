// A request for Gemini while it is being written: what it is made from, what of it is there, and the
// first reason why it cannot be sent. The parts of the encoder share it.
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
#include "dialects/gemini/request/schema/converter.h"
#include "models/contract.h"

namespace onellm::dialects::gemini {

struct RequestDraft {
  const chat::Request& request;
  const EncodeOptions& options;
  const models::Contract& rules = options.contract;
  ToolNames names = ToolNames(request, ToolNameForm::kGoogle);
  bool leaves_out_format = false;  // The model does not give JSON while it has tools;
  bool leaves_out_tools = false;   // here they cannot be called anyway.
  SplicedText body = {};
  SchemaBudget schemas = {};
  Drops drops = {};
  std::optional<Error> error = {};

  // Keeps the complaint, "<param> <complaint>.", unless there was one; the writing goes on all the same.
  void refuse(std::string param, std::string_view complaint, ErrorKind kind = ErrorKind::kBadRequest) {
    complain(error, std::move(param), complaint, kind);
  }
};

}  // namespace onellm::dialects::gemini
