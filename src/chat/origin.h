// Whose answer the events are: the target that was asked. A client dialect needs it for what only that target gets
// back.
#pragma once

#include <string_view>

#include "chat/dialect_id.h"

namespace onellm::chat {

// Views in plain text.
struct Origin {
  std::string_view provider = {};  // As in the client's `model` field.
  std::string_view model = {};     // The model id that was sent to the provider.
  DialectId dialect = DialectId::kNone;
};

}  // namespace onellm::chat
