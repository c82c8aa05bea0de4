// The translated lane: decodes a reply to canonical events, which its call hands on. A lane is one of two ways in which
// a reply goes to the client; the other one is native_lane.h.
#pragma once

#include <memory>

#include "gateway/upstream/call.h"

namespace onellm::gateway {

// `call` and `context` must outlive the returned reader.
[[nodiscard]] std::unique_ptr<ReplyReader> make_translated_whole_reply(UpstreamCall& call,
                                                                       const dialects::Dialect& dialect,
                                                                       const dialects::ReplyContext& context);
[[nodiscard]] std::unique_ptr<ReplyReader> make_translated_stream_reply(UpstreamCall& call,
                                                                        const dialects::Dialect& dialect,
                                                                        const dialects::ReplyContext& context);

}  // namespace onellm::gateway
