// Decodes the top-level objects that steer the answer: `response_format`, `stream_options`, and the
// gateway's own `onellm`.
#pragma once

#include "chat/request.h"
#include "dialects/openai_chat/client/request/field_reader.h"

namespace onellm::dialects::openai_chat {

[[nodiscard]] chat::ResponseFormat decode_response_format(FieldReader& fields, json::Value& value);

// include_usage.
[[nodiscard]] bool decode_stream_options(FieldReader& fields, json::Value& value);

// Only the type of `merge` is judged here; its words are the gateway's. A key that is not known is a
// complaint: a wish that was misspelt must not be ignored.
[[nodiscard]] chat::GatewayOptions decode_gateway_options(FieldReader& fields, json::Value& value);

}  // namespace onellm::dialects::openai_chat
