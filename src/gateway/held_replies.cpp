#include "gateway/held_replies.h"

#include "base/limits.h"

namespace onellm::gateway {

std::optional<Error> hold_reply(Context& context, const std::string& name, size_t bytes) {
  if (context.account.legs == 1) return std::nullopt;
  if (context.held_replies.held() + bytes > kRepliesInFlightBytesMax) {
    return Error{.kind = ErrorKind::kUpstreamBadReply,
                 .message = name + ": the reply is too large beside those of the other models"};
  }
  if (context.held_replies.grow_by_one(bytes)) return std::nullopt;
  return Error{.kind = ErrorKind::kBusy,
               .message = name + ": too many large replies are being joined at this moment",
               .retry_after_s = kBusyRetryAfterS};
}

Error no_memory(const std::string& name) {
  return {.kind = ErrorKind::kBusy,
          .message = name + ": too much of other answers waits in memory at this moment",
          .retry_after_s = kBusyRetryAfterS};
}

}  // namespace onellm::gateway
