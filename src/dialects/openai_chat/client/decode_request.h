// Decodes the body of POST /v1/chat/completions in OpenAI's format.
// https://platform.openai.com/docs/api-reference/chat/create
//
// Reads the text in one pass and copies nothing: the request keeps views into the body. It also notes the place of each
// top-level member, so that request/writer.h can change a few bytes of the same text.
#pragma once

#include "base/result.h"
#include "chat/request.h"
#include "json/buffer.h"

namespace onellm::dialects::openai_chat {

// `body` must outlive the request. The error is a kBadRequest. Its `param` is the path to the wrong field, such as
// `messages[2].content[0].image_url.url`, or empty if the body is no JSON object.
[[nodiscard]] Result<chat::Request> decode_request(const json::Buffer& body);

}  // namespace onellm::dialects::openai_chat
