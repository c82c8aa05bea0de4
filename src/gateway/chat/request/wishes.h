// What the client asked of the gateway itself: in the body's member `onellm`, or in headers. The body wins.
#pragma once

#include "base/result.h"
#include "chat/request.h"
#include "gateway/chat/merge/merge.h"
#include "gateway/session/context.h"

namespace onellm::gateway {

// How several answers are joined. Error: kBadRequest if there is no such mode, or the client's dialect cannot have it.
[[nodiscard]] Result<MergeMode> read_merge(const chat::Request& request, const Context& context);

// True if a parameter that a target cannot honour is an error. Error: kBadRequest.
[[nodiscard]] Result<bool> read_strict(const chat::Request& request, const Context& context);

}  // namespace onellm::gateway
