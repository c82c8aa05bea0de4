#include "dialects/anthropic_messages/client/decode_request.h"

namespace onellm::dialects::anthropic_messages {

Result<chat::Request> decode_request(const json::Buffer& /*body*/) {
  return Error{.kind = ErrorKind::kBadRequest, .message = "The Messages API is not served yet."};
}

}  // namespace onellm::dialects::anthropic_messages
