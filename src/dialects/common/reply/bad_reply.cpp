#include "dialects/common/reply/bad_reply.h"

#include <string>

#include "base/limits.h"
#include "base/text.h"
#include "dialects/common/errors/text.h"

namespace onellm::dialects {

namespace {

constexpr size_t kReasonBytesMax = 64;
constexpr size_t kReasonMessageBytesMax = 1024;

}  // namespace

Error bad_reply(std::string_view problem) {
  return {.kind = ErrorKind::kUpstreamBadReply, .message = "The provider's reply " + std::string(problem) + "."};
}

Error cut_short() {
  return {.kind = ErrorKind::kUpstreamCut, .message = "The provider ended the stream before the answer was complete."};
}

Error gave_no_answer(json::RawString reason, json::RawString message) {
  const std::string word = cut_utf8(mask_credentials(json::unescape(reason)), kReasonBytesMax);
  Error error = bad_reply("ended without an answer (" + word + ")");
  if (!message.empty())
    error.message += ' ' + cut_utf8(mask_credentials(json::unescape(message)), kReasonMessageBytesMax);
  error.code = ascii_lower(word);
  return error;
}

void emit_failure(const Error& error, chat::EventSink& sink) {
  chat::Event event{.kind = chat::EventKind::kFailed, .error = &error};
  sink.take(event);
}

bool begin_json_body(std::string_view& body, chat::EventSink& sink) {
  const size_t begin = body.find_first_not_of(" \t\r\n");
  body.remove_prefix(begin == body.npos ? body.size() : begin);
  const char* problem = nullptr;
  if (body.empty()) {
    problem = "is empty";
  } else if (body.front() == '<') {
    problem = "is an HTML page and not an API's answer: check the base URL in the settings";
  } else if (body.size() > kReplyBytesMax) {
    problem = "is too long";
  }
  if (problem != nullptr) emit_failure(bad_reply(problem), sink);
  return problem == nullptr;
}

}  // namespace onellm::dialects
