#include "dialects/openai_chat/reply_decoder.h"

#include <optional>

#include "base/limits.h"
#include "chat/members.h"
#include "dialects/openai_chat/chunk.h"
#include "dialects/openai_chat/errors.h"
#include "dialects/openai_chat/reply_flow.h"

namespace onellm::dialects {

namespace {

// An error body says its status itself, or is read as this one: the status line was of no use.
constexpr int kStatusOfErrorBody = 502;

constexpr std::string_view kHtml = "is an HTML page and not an API's answer: check the base URL in the settings";

bool looks_like_error(std::string_view body, const Chunk* chunk) {
  if (chunk == nullptr) return body.starts_with('[');
  return chat::has_member(chunk->extra, "message") || chat::has_member(chunk->extra, "detail");
}

}  // namespace

void decode_openai_chat_reply(std::string_view body, chat::EventSink& sink) {
  const size_t begin = body.find_first_not_of(" \t\r\n");
  body.remove_prefix(begin == body.npos ? body.size() : begin);
  if (body.empty()) return emit_failure(bad_openai_chat_reply("is empty"), sink);
  if (body.front() == '<') return emit_failure(bad_openai_chat_reply(kHtml), sink);
  if (body.size() > kReplyBytesMax) return emit_failure(bad_openai_chat_reply("is too long"), sink);

  ChunkReader reader;
  const Chunk* chunk = reader.read(body);
  if (chunk != nullptr && !chunk->error.empty()) {
    return emit_failure(decode_openai_chat_stream_error(chunk->error), sink);
  }
  if (chunk == nullptr || chunk->choices.empty()) {
    if (looks_like_error(body, chunk)) return emit_failure(decode_openai_chat_error_body(body), sink);
    return emit_failure(bad_openai_chat_reply(chunk == nullptr ? reader.problem() : "has no choices"), sink);
  }
  ReplyFlow flow;
  if (!flow.take(*chunk, sink)) return emit_failure(bad_openai_chat_reply(flow.problem()), sink);
  flow.complete(sink);
}

Error decode_openai_chat_error_body(std::string_view body) {
  const json::Buffer text(body);
  json::Reader reader;
  std::optional<Error> error;
  if (reader.open(text)) {
    reader.root().each_element([&](size_t, json::Value& element) {
      element.each_member([&](json::RawString key, json::Value& value) {
        if (!error && json::key_is(key, "error")) error = decode_openai_chat_stream_error(value.raw());
      });
    });
  }
  if (!error) error = decode_openai_chat_error(kStatusOfErrorBody, body);
  error->upstream_status = 200;
  return *std::move(error);
}

Error bad_openai_chat_reply(std::string_view problem) {
  return {.kind = ErrorKind::kUpstreamBadReply, .message = "The provider's reply " + std::string(problem) + "."};
}

void emit_failure(const Error& error, chat::EventSink& sink) {
  chat::Event event{.kind = chat::EventKind::kFailed, .error = &error};
  sink.take(event);
}

}  // namespace onellm::dialects
