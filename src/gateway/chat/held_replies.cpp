#include "gateway/chat/held_replies.h"

#include "base/limits.h"

namespace onellm::gateway {

namespace {

std::string kilobytes(size_t bytes) { return std::to_string(bytes / 1024) + " KB"; }

}  // namespace

std::optional<Error> too_large_beside_others(const Context& context, const std::string& name, size_t bytes) {
  if (context.account.legs == 1 || context.held_replies.held() + bytes <= kRepliesInFlightBytesMax) return {};
  return Error{.kind = ErrorKind::kUpstreamBadReply,
               .message = name + ": the reply is too large beside those of the other models"};
}

std::optional<Error> hold_reply(Context& context, const std::string& name, size_t bytes) {
  if (context.account.legs == 1) return std::nullopt;
  if (std::optional<Error> too_large = too_large_beside_others(context, name, bytes)) return too_large;
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

Error request_too_large(const std::string& name) {
  return {.kind = ErrorKind::kUpstreamBadReply,
          .message = name + ": the answer is too large beside the request and the other answers to it"};
}

Error calls_too_large(const std::string& name) {
  return {.kind = ErrorKind::kBusy,
          .message = name + ": its tool calls are larger than " + kilobytes(kHeldCallsBytesMax) +
                     ". Where several models are asked, the calls of each are held until it has ended.",
          .retry_after_s = kBusyRetryAfterS};
}

Error signatures_too_large(const std::string& name) {
  return {.kind = ErrorKind::kBusy,
          .message = name + ": the signatures of its tool calls are larger than " + kilobytes(kHeldCallExtrasBytesMax) +
                     ". Where several models are asked, the calls of each are held until it has ended.",
          .retry_after_s = kBusyRetryAfterS};
}

Error race_too_long(const std::string& name) {
  return {.kind = ErrorKind::kBusy,
          .message = name + ": it said more than " + kilobytes(kRacingLegBytesMax) + " before a model won the race",
          .retry_after_s = kBusyRetryAfterS};
}

}  // namespace onellm::gateway
