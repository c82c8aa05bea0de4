// Decodes the body of POST /v1/chat/completions in OpenAI's format.
// https://platform.openai.com/docs/api-reference/chat/create
//
// One pass over the text, no copies of what it holds: the request keeps views into the body, and notes
// where each top-level member stands, so that request/writer.h can change a few bytes of the same text.
#pragma once

#include "base/result.h"
#include "chat/request.h"
#include "json/buffer.h"

namespace onellm::dialects::openai_chat {

// `body` must outlive the request. The error is a kBadRequest whose `param` is the path to the field at
// fault, `messages[2].content[0].image_url.url`, or empty where the body as a whole is no JSON object.
[[nodiscard]] Result<chat::Request> decode_request(const json::Buffer& body);

}  // namespace onellm::dialects::openai_chat
