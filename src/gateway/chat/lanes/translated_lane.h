// The translated lane: decodes a reply to canonical events. A lane is one of two ways in which a reply goes to the
// client; the other one is native_lane.h.
#pragma once

#include <memory>

#include "gateway/chat/lanes/reply_reader.h"

namespace onellm::gateway {

[[nodiscard]] std::unique_ptr<ReplyReader> make_translated_whole_reply(const ReplySource& source);
[[nodiscard]] std::unique_ptr<ReplyReader> make_translated_stream_reply(const ReplySource& source);

}  // namespace onellm::gateway
