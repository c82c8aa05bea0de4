// Writes the gateway's own replies: heads with the headers that every reply has, and whole bodies.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "gateway/http/head.h"
#include "gateway/session/context.h"
#include "providers/provider.h"

namespace onellm::gateway {

// A head with the request id and the CORS headers. The caller adds its own headers. `providers_id`: the id that the
// provider gave to the request, if the client speaks its dialect and only this provider was asked.
[[nodiscard]] HeadWriter reply_head(const Context& context, int status, std::string_view providers_id = {});
// The same with the status of an error in the client's dialect.
[[nodiscard]] HeadWriter error_head(const Context& context, const Error& error, std::string_view providers_id = {});

// Sends the head of the reply. If an upstream was called, adds the time it took as server-timing.
void send_head(Context& context, HeadWriter head);

// Sends head, body and end. Adds the content type to `head`.
void send_whole(Context& context, HeadWriter head, std::string_view content_type, std::string body);
void send_json(Context& context, HeadWriter head, std::string body);
// Sends the body and the end of a reply whose head was sent. A long body is sent in pieces as the client takes them
// (unsent_reply.h): then call send_next_piece() for each kClientReady.
void send_whole_body(Context& context, std::string body);
void send_next_piece(Context& context);

// Adds retry-after, in whole seconds rounded up, and retry-after-ms.
void add_retry_after(HeadWriter& head, double wait_ms);

// Sends an error in the client's dialect. `providers_id`: as in the head.
void send_error(Context& context, const Error& error);
void send_error(Context& context, HeadWriter head, const Error& error, std::string_view providers_id = {});

// Answers a CORS preflight: allows any origin and all headers that it asks for. Needs no authentication.
void send_preflight(Context& context, const Head& request);

// Names of the headers that the core needs from the client's request and from an upstream's reply: lower case,
// separated by LF. A name with `*` at its end stands for all headers that begin so. They are needed if one of those
// that are named in full is there, or if the request's path begins with one of those that follow the name after a
// space.
[[nodiscard]] const std::string& wanted_request_headers();
[[nodiscard]] const std::string& wanted_reply_headers();

// The headers of a provider's reply about rate limits and retries, under the names that clients know. A client of the
// API's own dialect also gets those that only this dialect has.
[[nodiscard]] std::vector<providers::Header> passed_headers(const providers::Kind& kind, const Head& reply,
                                                            bool is_own_dialect, double now_ms);

// Adds the retry wait that the error names, unless the reply had a header for it.
void pass_retry_after(const Error& error, std::vector<providers::Header>& passed);

}  // namespace onellm::gateway
