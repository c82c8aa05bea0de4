// State that the parts of the encoder share while they write a request for Gemini: the inputs, the body so far, and the
// first error.
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
  bool leaves_out_format = false;  // The model refuses a JSON format beside tools, so the format is not sent.
  bool leaves_out_tools = false;   // The same, but tool_choice is none, so the tools are not sent.
  SplicedText body = {};
  SchemaBudget schemas = {};
  Drops drops = Drops(request.source);
  std::optional<Error> error = {};

  // Keeps the error "<param> <complaint>." if it is the first one. The encoder continues.
  void refuse(std::string param, std::string_view complaint, ErrorKind kind = ErrorKind::kBadRequest) {
    complain(error, std::move(param), complaint, kind);
  }
};

}  // namespace onellm::dialects::gemini
