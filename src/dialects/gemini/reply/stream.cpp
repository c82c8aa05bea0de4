#include "dialects/gemini/reply/stream.h"

#include "dialects/common/reply/bad_reply.h"
#include "dialects/gemini/errors.h"
#include "dialects/gemini/reply/whole.h"

namespace onellm::dialects::gemini {

void ChunkStreamDecoder::take_event(const sse::Event& event, chat::EventSink& sink) {
  if (event.data == "[DONE]") return;  // Sent by some proxies, not by Google.
  const Chunk* chunk = template_.recognise(event.data);
  if (chunk == nullptr) {
    chunk = chunks_.read(event.data);
    if (chunk != nullptr) template_.learn(chunks_.source(), *chunk);
  }
  if (chunk == nullptr) {
    if (is_last_event()) return;
    const bool is_error = event.data.starts_with('[');
    flow_.emit_usage(sink);
    return fail(is_error ? decode_error_body(event.data) : bad_reply(chunks_.problem()), sink);
  }
  const bool fits = flow_.take(*chunk, sink);
  if (fits && chunk->error.empty()) return;
  flow_.emit_usage(sink);
  fail(fits ? decode_stream_error(chunk->error) : bad_reply(flow_.problem()), sink);
}

void ChunkStreamDecoder::take_whole_body(std::string_view body, chat::EventSink& sink) {
  decode_reply(body, asked_, sink);
}

void ChunkStreamDecoder::take_end(const Error& reason, chat::EventSink& sink) {
  set_ended();
  if (json::is_valid(stray_json())) return flow_.fail(decode_error_body(stray_json()), sink);
  flow_.end(reason, sink);
}

void ChunkStreamDecoder::release_memory() {
  chunks_.release_memory();
  template_ = {};
  flow_.release_memory();
}

}  // namespace onellm::dialects::gemini
