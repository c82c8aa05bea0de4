// State that the parts of the encoder share while they make a request to Claude: the inputs, the results so far, and
// the first error.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "chat/request.h"
#include "dialects/anthropic_messages/request/schema/fit.h"
#include "dialects/anthropic_messages/request/tools/property_names.h"
#include "dialects/common/errors/complaint.h"
#include "dialects/common/request/drops.h"
#include "dialects/common/tools/tool_names.h"
#include "dialects/dialect.h"
#include "dialects/ids.h"
#include "models/contract.h"

namespace onellm::dialects::anthropic_messages {

struct RequestDraft {
  const chat::Request& request;
  const EncodeOptions& options;
  const models::Contract& rules = options.contract;
  ToolNames names = ToolNames(request, ToolNameForm::kClaude);
  Drops drops = Drops(request.source);
  std::vector<std::string_view> betas = {};  // Values of the `anthropic-beta` header that the body needs.
  std::optional<Error> error = {};
  PropertyNames properties = {};  // Renamed parameters of the tools.
  StrictRoom room = {};           // What the format of the reply and strict tools may still use.
  bool sends_thoughts = false;    // Signed thinking is sent back: everything before it must be sent unchanged.
  bool gives_up_schema = false;   // The API cannot compile the schema of the reply.

  // True if the client speaks this dialect. What it wrote is then sent as it is, wherever the model takes it.
  [[nodiscard]] bool is_own() const { return request.source.dialect == kAnthropicMessages; }
  // True if the client's own output_config has the schema of the reply, and the model takes it there.
  [[nodiscard]] bool has_own_format() const { return is_own() && rules.takes_schemas; }
  // True if the reply must follow a JSON Schema that was not given up.
  [[nodiscard]] bool wants_schema() const;
  // Keeps the error "<param> <complaint>." if it is the first one. The encoder continues.
  void refuse(std::string param, std::string_view complaint, ErrorKind kind = ErrorKind::kBadRequest) {
    complain(error, std::move(param), complaint, kind);
  }
  void need_beta(std::string_view beta);
};

}  // namespace onellm::dialects::anthropic_messages
