#include "dialects/anthropic_messages/client/encode_error.h"

#include "dialects/anthropic_messages/client/reply/frames.h"
#include "dialects/common/client/one_line.h"
#include "json/writer.h"

namespace onellm::dialects::anthropic_messages {

namespace {

constexpr int kNoMoneyStatus = 402;
constexpr std::string_view kNoMoneyCode = "insufficient_quota";
constexpr int kOverloadedStatus = 529;
constexpr std::string_view kOverloadedCode = "overloaded";
constexpr std::string_view kContextTooLong = "context_length_exceeded";
constexpr std::string_view kTooLongWords = "prompt is too long: ";  // Clients shorten the conversation at these words.

// Anthropic's errors have no field `param`: the message names it.
std::string message_of(const Error& error) {
  if (code_of(error) == kContextTooLong && !error.message.starts_with(kTooLongWords)) {
    return std::string(kTooLongWords) + error.message;
  }
  const bool says_param = error.message.find(error.param) != std::string::npos;
  // "model" is an ordinary word: clients look for `model:`.
  const bool names_field = says_param && error.kind != ErrorKind::kModelNotFound;
  if (error.param.empty() || names_field)
    return error.message.empty() ? std::string("The request failed.") : error.message;
  return error.param + ": " + error.message;
}

}  // namespace

int status_for(const Error& error) {
  const std::string code = code_of(error);
  if (code == kContextTooLong) return 400;
  // A 503 that says nothing of overload stays one, although code_of() calls it so for clients of other dialects.
  if (error.fault == Fault::kOverload || error.code == kOverloadedCode) return kOverloadedStatus;
  const bool no_money = fault_of(error) == Fault::kNoMoney || code == kNoMoneyCode;
  return no_money ? kNoMoneyStatus : status_of(error);
}

std::string_view type_for(int status) {
  switch (status) {
    case 401: return "authentication_error";
    case 402: return "billing_error";
    case 403: return "permission_error";
    case 404: return "not_found_error";
    case 408:
    case 504: return "timeout_error";
    case 409: return "conflict_error";
    case 413: return "request_too_large";
    case 429: return "rate_limit_error";
    case kOverloadedStatus: return "overloaded_error";
    default: return status >= 500 ? "api_error" : "invalid_request_error";
  }
}

void encode_error(const Error& error, std::string_view request_id, std::string& out) {
  json::ObjectWriter reply(out);
  reply.add("type", json::RawString{"error"});
  {
    json::ObjectWriter body(reply.begin("error"));
    body.add("type", json::RawString{type_for(status_for(error))});
    body.add_plain("message", message_of(error));
    body.add(json::RawMembers{error.extra});
  }
  if (request_id.empty()) return reply.add_null("request_id");  // The error is prepared before there is a request.
  reply.add_plain("request_id", request_id);
}

void encode_error_event(const Error& error, std::string_view request_id, std::string& out) {
  std::string body;
  encode_error(error, request_id, body);
  out += "event: error\ndata: ";
  append_on_one_line(out, body);
  out += kFrameEnd;
}

}  // namespace onellm::dialects::anthropic_messages
