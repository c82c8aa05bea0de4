#include "dialects/openai_chat/reply/whole.h"

#include <algorithm>
#include <optional>
#include <string>

#include "chat/members.h"
#include "dialects/common/reply/bad_reply.h"
#include "dialects/openai_chat/errors.h"
#include "dialects/openai_chat/reply/flow.h"
#include "dialects/openai_chat/reply/parse.h"

namespace onellm::dialects::openai_chat {

namespace {

// Used for an error body that names no status itself, since it came with a 2xx status.
constexpr int kStatusOfErrorBody = 502;

// The text from the first value of that key on; empty if there is none.
std::string_view value_of(std::string_view json, std::string_view quoted_key) {
  const size_t key = json.find(quoted_key);
  if (key == json.npos) return {};
  const size_t value = json.find_first_not_of(" :\t\r\n", key + quoted_key.size());
  return value == json.npos ? std::string_view() : json.substr(value);
}

// True if the only choice ended with an error before any content.
bool is_only_error(const Chunk& chunk) {
  const ChunkChoice& choice = chunk.choices.front();
  const auto is_empty = [](const Piece& piece) { return piece.kind != PieceKind::kToolCall && piece.text.empty(); };
  return chunk.choices.size() == 1 && choice.finish_reason.text == "error" && !choice.extra_is_answer &&
         std::all_of(chunk.pieces.begin(), chunk.pieces.end(), is_empty);
}

}  // namespace

// vLLM sends {"object":"error","message":…}; others only a message or a detail. MiniMax sends
// {"base_resp":{"status_code":1008,"status_msg":…}}, in which 0 means success.
bool looks_like_error(const Chunk& chunk, std::string_view source) {
  const auto has = [&](std::string_view key) { return chat::has_member(chunk.extra, key); };
  if (has("base_resp") && !value_of(chunk.extra.text, R"("status_code")").starts_with('0')) return true;
  if (value_of(source, R"("object")").starts_with(R"("error")")) return true;
  return chunk.usage.empty() && (has("message") || has("detail"));
}

void decode_reply(std::string_view body, chat::EventSink& sink, const ReplyContext& asked) {
  if (!begin_json_body(body, sink)) return;

  ChunkReader reader(PieceSource::kMessage);
  const Chunk* chunk = reader.read(body);
  if (chunk != nullptr && !chunk->error.empty()) {
    return emit_failure(decode_stream_error(chunk->error), sink);
  }
  if (chunk == nullptr || chunk->choices.empty()) {
    const bool is_error = chunk == nullptr ? body.starts_with('[') : looks_like_error(*chunk, body);
    if (is_error) return emit_failure(decode_error_body(body), sink);
    return emit_failure(bad_reply(chunk == nullptr ? reader.problem() : "has no choices"), sink);
  }
  if (is_only_error(*chunk)) {
    // OpenRouter puts the error into the choice. https://openrouter.ai/docs/api-reference/errors
    const std::string choice = "{" + std::string(chunk->choices.front().choice_extra.text) + "}";
    return emit_failure(decode_stream_error({choice}), sink);
  }
  ReplyContext whole = asked;
  whole.choices = 1;  // A whole reply has no further choices to wait for.
  ReplyFlow flow(whole);
  if (!flow.take(*chunk, sink)) return emit_failure(flow.failure(), sink);
  flow.complete(sink);
}

Error decode_error_body(std::string_view body) {
  const json::Buffer text(body);
  json::Reader reader;
  std::optional<Error> error;
  if (reader.open(text)) {
    reader.root().each_element([&](size_t, json::Value& element) {
      element.each_member([&](json::RawString key, json::Value& value) {
        if (!error && json::key_is(key, "error")) error = decode_stream_error(value.raw());
      });
    });
  }
  if (!error) error = decode_error(kStatusOfErrorBody, body);
  error->upstream_status = 200;
  return *std::move(error);
}

}  // namespace onellm::dialects::openai_chat
