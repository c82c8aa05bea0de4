// Decodes the body key `onellm`: options for the gateway itself, the same in every client dialect.
#pragma once

#include "chat/request.h"
#include "dialects/common/client/field_reader.h"

namespace onellm::dialects {

// Only the type of `merge` is checked here; the gateway checks its value. An unknown key is an error, so that a
// misspelt option is not ignored.
[[nodiscard]] chat::GatewayOptions decode_gateway_options(FieldReader& fields, json::Value& value);

}  // namespace onellm::dialects
