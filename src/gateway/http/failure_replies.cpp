#include "gateway/http/failure_replies.h"

#include "json/writer.h"

namespace onellm::gateway {

namespace {

// Stands in the texts where the id of the request belongs.
constexpr std::string_view kIdPlaceholder = "{request_id}";

void write_reply(std::string& out, const dialects::ClientRoute& route) {
  const dialects::ClientDialect& dialect = *route.dialect;
  const Error error{.kind = ErrorKind::kInternal,
                    .message = "The gateway failed while it worked on this request. Please try again."};
  std::string body;
  dialect.encode_error(error, kIdPlaceholder, body);
  std::string events;
  dialect.encode_error_events(error, kIdPlaceholder, events);
  json::ObjectWriter reply(out);
  reply.add_plain("path", route.path);
  reply.add("status", static_cast<int64_t>(dialect.status_for(error)));
  reply.add_plain("content_type", dialect.reply_content_type());
  reply.add_plain("body", body);
  reply.add_plain("stream_content_type", dialect.stream_content_type());
  reply.add_plain("events", events);
  reply.add_plain("event_end", dialect.event_end());
  reply.add_plain("id_placeholder", kIdPlaceholder);
  reply.add_plain("id_header", dialect.request_id_header());
}

}  // namespace

std::string failure_replies(dialects::ClientRoutes routes) {
  std::string out;
  {
    json::ArrayWriter replies(out);
    for (const dialects::ClientRoute& route : routes) write_reply(replies.next(), route);
  }
  return out;
}

}  // namespace onellm::gateway
