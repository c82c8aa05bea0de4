#include "dialects/openai_chat/client/encode_error.h"

#include "dialects/common/client/one_line.h"
#include "dialects/common/errors/reason.h"
#include "dialects/openai_chat/client/end_mark.h"
#include "json/writer.h"
#include "sse/writer.h"

namespace onellm::dialects::openai_chat {

namespace {

void add_text_or_null(json::ObjectWriter& object, std::string_view key, const std::string& text) {
  if (text.empty()) return object.add_null(key);
  object.add_plain(key, text);
}

}  // namespace

void encode_error(const Error& error, std::string& out) {
  json::ObjectWriter reply(out);
  json::ObjectWriter body(reply.begin("error"));
  body.add_plain("message", error.message);
  body.add_plain("type", type_of(error));
  add_text_or_null(body, "param", error.param);
  add_text_or_null(body, "code", code_of(error));
  body.add(json::RawMembers{error.extra});
}

void encode_error_events(const Error& error, std::string& out) {
  sse::begin_event(out);
  std::string body;
  encode_error(error, body);
  append_on_one_line(out, body);
  sse::end_event(out);
  out += kEndMark;
}

std::string choice_error_member(const Error& error) {
  Error with_status = error;
  with_status.extra += (error.extra.empty() ? "" : ",") + ("\"status\":" + std::to_string(status_of(error)));
  std::string whole;
  encode_error(with_status, whole);
  return whole.substr(1, whole.size() - 2);  // Without the braces around `"error":{…}`.
}

}  // namespace onellm::dialects::openai_chat
