// The native lane: the provider speaks the client's own dialect and needs no normalising, so its bytes
// reach the client untouched. Here they are only watched: for errors while nothing has been shown, for
// usage, and for how a stream ended.
#pragma once

#include <memory>

#include "gateway/upstream/call.h"

namespace onellm::gateway {

// `call` and `context` must outlive what comes out.
[[nodiscard]] std::unique_ptr<ReplyReader> make_native_whole_reply(UpstreamCall& call, const dialects::Dialect& dialect,
                                                                   const dialects::ReplyContext& context);

// The first event is peeked at: until it came, the stream may still turn out an error. From then on
// the shim pipes the rest natively, and the bytes that come here are copies of what the client got.
[[nodiscard]] std::unique_ptr<ReplyReader> make_native_stream_reply(UpstreamCall& call,
                                                                    const dialects::Dialect& dialect,
                                                                    const dialects::ReplyContext& context);

}  // namespace onellm::gateway
