// The translated lane: a reply is decoded to events, which the leg hands on.
#pragma once

#include <memory>

#include "gateway/leg.h"

namespace onellm::gateway {

// `leg` and `context` must outlive what comes out.
[[nodiscard]] std::unique_ptr<ReplyReader> make_translated_whole_reply(Leg& leg, const dialects::Dialect& dialect,
                                                                       const dialects::ReplyContext& context);
[[nodiscard]] std::unique_ptr<ReplyReader> make_translated_stream_reply(Leg& leg, const dialects::Dialect& dialect,
                                                                        const dialects::ReplyContext& context);

}  // namespace onellm::gateway
