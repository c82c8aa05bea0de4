// The gateway's own answers to requests that it refuses. Each sends the complete reply at once.
#pragma once

#include <cstddef>
#include <string_view>

#include "gateway/session/context.h"

namespace onellm::gateway {

// `chat_path`: a path that exists, for the message.
void refuse_path(Context& context, std::string_view chat_path);
// `allowed` is the value of the header `allow`.
void refuse_method(Context& context, std::string_view allowed);
// The route is the master key's alone.
void refuse_permission(Context& context);
// The body is longer than `limit` bytes, which is ONELLM_MAX_BODY_BYTES or a limit of the route.
void refuse_size(Context& context, size_t limit);
// There is no memory for the request now, or there was no room for its body in time.
void refuse_busy(Context& context);
// The path needs state that the gateway does not keep.
void refuse_state(Context& context);
// The body is compressed in a format that the gateway does not read.
void refuse_coding(Context& context, std::string_view coding);
// The body is not in the format that its content-encoding names.
void refuse_broken_coding(Context& context, std::string_view coding);
// The body stopped coming, or came too slowly.
void refuse_slow_body(Context& context);

}  // namespace onellm::gateway
