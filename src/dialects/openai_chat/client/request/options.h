// Decodes the top-level objects that steer the answer: `response_format`, `stream_options`, and the
// gateway's own `onellm`.
#pragma once

#include "chat/request.h"
#include "dialects/openai_chat/client/request/field_reader.h"

namespace onellm::dialects::openai_chat {

[[nodiscard]] chat::ResponseFormat decode_response_format(FieldReader& fields, json::Value& value);

// The value of `include_usage`.
[[nodiscard]] bool decode_stream_options(FieldReader& fields, json::Value& value);

// Only the type of `merge` is checked here; the gateway checks its value. An unknown key is an error, so that a
// misspelt option is not ignored.
[[nodiscard]] chat::GatewayOptions decode_gateway_options(FieldReader& fields, json::Value& value);

}  // namespace onellm::dialects::openai_chat
