// The native lane. A lane is one of two ways in which a reply goes to the client. In this one the provider speaks the
// client's own dialect and its replies need no change, so the client gets its bytes unchanged. The other one is
// translated_lane.h.
//
// Rule: The bytes are only watched here: for an error before anything is shown, for the usage, and for how a stream
// ends.
#pragma once

#include <memory>

#include "gateway/chat/lanes/reply_reader.h"

namespace onellm::gateway {

[[nodiscard]] std::unique_ptr<ReplyReader> make_native_whole_reply(const ReplySource& source);

// Waits for the first event before it shows anything, because until then the stream may turn out to be an error. After
// that the shim pipes the rest itself, and the bytes that come here are copies of what the client got.
[[nodiscard]] std::unique_ptr<ReplyReader> make_native_stream_reply(const ReplySource& source);

}  // namespace onellm::gateway
