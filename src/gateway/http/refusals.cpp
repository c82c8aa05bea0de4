#include "gateway/http/refusals.h"

#include <string>
#include <utility>

#include "base/limits.h"
#include "base/text.h"
#include "gateway/http/reply.h"

namespace onellm::gateway {

namespace {

constexpr size_t kQuotedPathBytes = 128;   // The longest part of a path that a message quotes.
constexpr size_t kQuotedCodingBytes = 64;  // The same of a content-encoding.
constexpr int kUnsupportedMediaType = 415;

std::string quoted_path(const Context& context) {
  return std::string(utf8_prefix(context.request.path, kQuotedPathBytes));
}

}  // namespace

void refuse_path(Context& context, std::string_view chat_path) {
  send_error(context, {.kind = ErrorKind::kRouteNotFound,
                       .message = "There is no " + quoted_path(context) + " here. Try POST " + std::string(chat_path) +
                                  " or GET /v1/models."});
}

// https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6
void refuse_method(Context& context, std::string_view allowed) {
  const ClientRequest& request = context.request;
  const Error error{
      .kind = ErrorKind::kMethodNotAllowed,
      .message = request.method + " is not allowed on " + quoted_path(context) + ". Use " + std::string(allowed) + "."};
  HeadWriter head = error_head(context, error);
  head.add("allow", allowed);
  send_error(context, std::move(head), error);
}

void refuse_permission(Context& context) {
  send_error(context, {.kind = ErrorKind::kPermissionDenied,
                       .message = "Only the master key (ONELLM_API_KEY) may use " +
                                  context.request.path.substr(0, kQuotedPathBytes) + "."});
}

void refuse_size(Context& context, size_t limit) {
  const bool is_setting = limit == context.settings->body_bytes_max;
  send_error(context, {.kind = ErrorKind::kBodyTooLarge,
                       .message = "The request body is larger than " + std::to_string(limit) + " bytes" +
                                  (is_setting ? " (ONELLM_MAX_BODY_BYTES)." : ".")});
}

void refuse_busy(Context& context) {
  const Error error{.kind = ErrorKind::kBusy,
                    .message = "Other requests need all memory at this moment. Try again in a second."};
  HeadWriter head = error_head(context, error);
  head.add("retry-after", std::to_string(kBusyRetryAfterS));
  send_error(context, std::move(head), error);
}

void refuse_state(Context& context) {
  send_error(context, {.kind = ErrorKind::kRouteNotFound,
                       .message = "There is no " + quoted_path(context) +
                                  " here: the gateway keeps no state between requests, so it has nothing that this "
                                  "path could create, find or delete."});
}

// https://www.rfc-editor.org/rfc/rfc9110#section-15.5.16
void refuse_coding(Context& context, std::string_view coding) {
  const Error error{.kind = ErrorKind::kBadRequest,
                    .message = "The request body has the content-encoding " +
                               std::string(utf8_prefix(coding, kQuotedCodingBytes)) +
                               ". This gateway reads gzip, deflate, or none.",
                    .param = "content-encoding",
                    .status = kUnsupportedMediaType};
  HeadWriter head = error_head(context, error);
  head.add("accept-encoding", "gzip, deflate");
  send_error(context, std::move(head), error);
}

void refuse_broken_coding(Context& context, std::string_view coding) {
  send_error(context, {.kind = ErrorKind::kBadRequest,
                       .message = "The request body cannot be expanded: it is not one complete " + std::string(coding) +
                                  " stream, although its content-encoding says so.",
                       .param = "content-encoding"});
}

void refuse_slow_body(Context& context) {
  send_error(context, {.kind = ErrorKind::kRequestTimeout,
                       .message = "The request body came too slowly: nothing for " +
                                  std::to_string(kBodyIdleTimeoutMs / 1000) + " seconds, or as far behind " +
                                  std::to_string(kBodyBytesPerSecondMin) + " bytes a second. Send it again."});
}

}  // namespace onellm::gateway
