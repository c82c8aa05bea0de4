// Decodes the top-level objects that steer the answer: `response_format` and `stream_options`.
#pragma once

#include "chat/request.h"
#include "dialects/common/client/field_reader.h"

namespace onellm::dialects::openai_chat {

[[nodiscard]] chat::ResponseFormat decode_response_format(FieldReader& fields, json::Value& value);

// The value of `include_usage`.
[[nodiscard]] bool decode_stream_options(FieldReader& fields, json::Value& value);

}  // namespace onellm::dialects::openai_chat
