// Replies of the gateway itself: their heads, with what stands on every one of them, and whole bodies.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "gateway/http/head.h"
#include "gateway/session/context.h"
#include "providers/provider.h"

namespace onellm::gateway {

// A head with the request id and the CORS headers, to which the caller adds its own.
[[nodiscard]] HeadWriter reply_head(const Context& context, int status);

// Sends the head of the reply, with the time that it took to come to it where an upstream was asked.
void send_head(Context& context, HeadWriter head);

// Sends head, body and end. `head` has everything but the content type.
void send_json(Context& context, HeadWriter head, std::string body);
// Sends the body of a reply whose head was sent, and its end. A long one goes piece by piece as the client takes it
// (unsent_reply.h): send_next_piece() is to be called with each kClientReady.
void send_whole_body(Context& context, std::string body);
void send_next_piece(Context& context);

// Sends an error in OpenAI's shape.
void send_error(Context& context, const Error& error);
void send_error(Context& context, HeadWriter head, const Error& error);

// Answers a CORS preflight: any origin, and whatever headers it asks for. Never authenticated.
void send_preflight(Context& context, const Head& request);

// Header names, lower case, LF between them: which of the client's request and of an upstream's reply
// the core wants to see.
[[nodiscard]] const std::string& wanted_request_headers();
[[nodiscard]] const std::string& wanted_reply_headers();

// What a provider's reply says of rate limits and of trying again, under the names that the client knows.
[[nodiscard]] std::vector<providers::Header> passed_headers(const providers::Kind& kind, const Head& reply,
                                                            double now_ms);

// Adds the wait that an error names to what passes, unless a header of the reply did.
void pass_retry_after(const Error& error, std::vector<providers::Header>& passed);

}  // namespace onellm::gateway
