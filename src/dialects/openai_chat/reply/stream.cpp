#include "dialects/openai_chat/reply/stream.h"

#include "dialects/common/reply/bad_reply.h"
#include "dialects/openai_chat/errors.h"
#include "dialects/openai_chat/reply/whole.h"

namespace onellm::dialects::openai_chat {

void ChunkStreamDecoder::take_event(const sse::Event& event, chat::EventSink& sink) {
  if (event.data == "[DONE]") {
    if (!flow_.any_choice()) return fail(bad_reply("ended without an answer"), sink);
    return complete(sink);
  }
  if (event.type == "message") {
    if (const chat::Event* same = repeated_.recognise(event.data)) return sink.take(*same);
  }
  const Chunk* chunk = chunks_.read(event.data);
  if (chunk == nullptr) return take_bad_data(event, sink);

  // Other event types are a host's own messages (pings). They are ignored unless they hold choices or an error.
  const bool is_error = event.type == "error";
  if (event.type != "message" && !is_error && !chunk->has_choices && chunk->error.empty()) return;

  if (!take_chunk(*chunk, sink)) return fail(flow_.failure(), sink);
  if (!chunk->error.empty()) return fail(decode_stream_error(chunk->error), sink);
  if (is_error || (chunk->choices.empty() && looks_like_error(*chunk, event.data))) {
    fail(decode_stream_error({event.data}), sink);
  }
}

void ChunkStreamDecoder::take_whole_body(std::string_view body, chat::EventSink& sink) {
  decode_reply(body, sink, asked_);
}

void ChunkStreamDecoder::take_end(const Error& reason, chat::EventSink& sink) {
  if (!flow_.all_finished()) return fail(reason, sink);
  complete(sink);
}

// Passes on the chunk's events. Remembers the chunk if it gave exactly one event and no error, usage or message.
bool ChunkStreamDecoder::take_chunk(const Chunk& chunk, chat::EventSink& sink) {
  struct Watch final : chat::EventSink {
    explicit Watch(chat::EventSink& to) : out(to) {}
    void take(const chat::Event& event) override {
      ++events;
      last = event;
      out.take(event);
    }
    chat::EventSink& out;
    int events = 0;
    chat::Event last = {};
  } watch(sink);
  if (!flow_.take(chunk, watch)) return false;
  if (watch.events == 1 && chunk.error.empty() && chunk.usage.empty() && !chunk.has_message) {
    repeated_.learn(chunks_.source(), watch.last);
  }
  return true;
}

void ChunkStreamDecoder::take_bad_data(const sse::Event& event, chat::EventSink& sink) {
  const bool is_error = event.type == "error" || event.data.starts_with('[');
  fail_on_bad_data(is_error ? decode_error_body(event.data) : bad_reply(chunks_.problem()), sink);
}

void ChunkStreamDecoder::complete(chat::EventSink& sink) {
  set_ended();
  flow_.complete(sink);
}

void ChunkStreamDecoder::release_memory() {
  chunks_.release_memory();
  repeated_ = {};
}

}  // namespace onellm::dialects::openai_chat
