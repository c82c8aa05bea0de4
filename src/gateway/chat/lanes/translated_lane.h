// The translated lane: a reply is decoded to events, which its call hands on.
#pragma once

#include <memory>

#include "gateway/upstream/call.h"

namespace onellm::gateway {

// `call` and `context` must outlive what comes out.
[[nodiscard]] std::unique_ptr<ReplyReader> make_translated_whole_reply(UpstreamCall& call,
                                                                       const dialects::Dialect& dialect,
                                                                       const dialects::ReplyContext& context);
[[nodiscard]] std::unique_ptr<ReplyReader> make_translated_stream_reply(UpstreamCall& call,
                                                                        const dialects::Dialect& dialect,
                                                                        const dialects::ReplyContext& context);

}  // namespace onellm::gateway
