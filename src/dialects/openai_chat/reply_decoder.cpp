#include "dialects/openai_chat/reply_decoder.h"

#include <optional>

#include "chat/members.h"
#include "dialects/bad_reply.h"
#include "dialects/openai_chat/chunk.h"
#include "dialects/openai_chat/errors.h"
#include "dialects/openai_chat/reply_flow.h"

namespace onellm::dialects {

namespace {

// An error body says its status itself, or is read as this one: the status line was of no use.
constexpr int kStatusOfErrorBody = 502;

bool looks_like_error(std::string_view body, const Chunk* chunk) {
  if (chunk == nullptr) return body.starts_with('[');
  return chat::has_member(chunk->extra, "message") || chat::has_member(chunk->extra, "detail");
}

}  // namespace

void decode_openai_chat_reply(std::string_view body, chat::EventSink& sink) {
  if (!begin_json_body(body, sink)) return;

  ChunkReader reader;
  const Chunk* chunk = reader.read(body);
  if (chunk != nullptr && !chunk->error.empty()) {
    return emit_failure(decode_openai_chat_stream_error(chunk->error), sink);
  }
  if (chunk == nullptr || chunk->choices.empty()) {
    if (looks_like_error(body, chunk)) return emit_failure(decode_openai_chat_error_body(body), sink);
    return emit_failure(bad_reply(chunk == nullptr ? reader.problem() : "has no choices"), sink);
  }
  ReplyFlow flow;
  if (!flow.take(*chunk, sink)) return emit_failure(bad_reply(flow.problem()), sink);
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

}  // namespace onellm::dialects
