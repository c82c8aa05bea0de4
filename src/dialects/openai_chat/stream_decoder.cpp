#include "dialects/openai_chat/stream_decoder.h"

#include "base/limits.h"
#include "dialects/openai_chat/errors.h"
#include "dialects/openai_chat/reply_decoder.h"

namespace onellm::dialects {

namespace {

constexpr std::string_view kSpace = " \t\r\n";

std::string_view trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(kSpace);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) + 1 - begin);
}

Error cut_short() {
  return {.kind = ErrorKind::kUpstreamCut, .message = "The provider ended the stream before the answer was complete."};
}

}  // namespace

void OpenAiChatStreamDecoder::push(std::string_view bytes, chat::EventSink& sink) {
  switch (state_) {
    case State::kStart: {
      // A line of a stream begins with a field's name or a colon; a bracket there is JSON, or HTML.
      const size_t first = bytes.find_first_not_of(kSpace);
      if (first == bytes.npos) return push_events(bytes, sink);
      const bool is_whole = bytes[first] == '{' || bytes[first] == '[' || bytes[first] == '<';
      state_ = is_whole ? State::kWholeBody : State::kEvents;
      return is_whole ? push_whole_body(bytes.substr(first), sink) : push_events(bytes, sink);
    }
    case State::kEvents: return push_events(bytes, sink);
    case State::kWholeBody: return push_whole_body(bytes, sink);
    case State::kEnding:
    case State::kEnded: return;
  }
}

void OpenAiChatStreamDecoder::push_events(std::string_view bytes, chat::EventSink& sink) {
  const bool fits = events_.push(bytes, [&](const sse::Event& event) { take(event, sink); });
  if (!fits && state_ != State::kEnded) fail(bad_openai_chat_reply("has an event that is too long"), sink);
}

void OpenAiChatStreamDecoder::push_whole_body(std::string_view bytes, chat::EventSink& sink) {
  if (whole_body_.size() + bytes.size() > kReplyBytesMax) return fail(bad_openai_chat_reply("is too long"), sink);
  whole_body_ += bytes;
}

void OpenAiChatStreamDecoder::end(chat::EventSink& sink) {
  if (state_ == State::kEnded) return;
  if (state_ == State::kWholeBody) {
    state_ = State::kEnded;
    return decode_openai_chat_reply(whole_body_, sink);
  }
  state_ = State::kEnding;
  events_.end([&](const sse::Event& event) { take(event, sink); });
  if (state_ == State::kEnded) return;
  if (!flow_.all_finished()) return fail(cut_short(), sink);
  complete(sink);
}

bool OpenAiChatStreamDecoder::at_event_boundary() const { return state_ != State::kWholeBody && events_.at_boundary(); }

void OpenAiChatStreamDecoder::take(const sse::Event& event, chat::EventSink& sink) {
  if (state_ == State::kEnded) return;
  const std::string_view data = trimmed(event.data);
  if (data.empty()) return;
  if (data == "[DONE]") {
    end_mark_seen_ = true;
    if (!flow_.any_choice()) return fail(bad_openai_chat_reply("ended without an answer"), sink);
    return complete(sink);
  }
  if (event.type == "message") {
    if (const chat::Event* same = repeated_.recognise(data)) return sink.take(*same);
  }
  const Chunk* chunk = chunks_.read(data);
  if (chunk == nullptr) return take_bad_data(event, sink);

  // Events of other types than these two come from hosts with a protocol of their own beside ours (pings).
  const bool is_error = event.type == "error";
  if (event.type != "message" && !is_error && !chunk->has_choices && chunk->error.empty()) return;

  if (!take_chunk(*chunk, sink)) return fail(bad_openai_chat_reply(flow_.problem()), sink);
  if (!chunk->error.empty()) return fail(decode_openai_chat_stream_error(chunk->error), sink);
  if (is_error) fail(decode_openai_chat_stream_error({data}), sink);
}

// Hands the chunk's events on, and remembers it if it gave a single one and no trouble.
bool OpenAiChatStreamDecoder::take_chunk(const Chunk& chunk, chat::EventSink& sink) {
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
  if (watch.events == 1 && chunk.error.empty() && chunk.usage.empty()) repeated_.learn(chunks_.source(), watch.last);
  return true;
}

void OpenAiChatStreamDecoder::take_bad_data(const sse::Event& event, chat::EventSink& sink) {
  if (state_ == State::kEnding) return fail(cut_short(), sink);
  const std::string_view data = trimmed(event.data);
  if (event.type == "error" || data.starts_with('[')) return fail(decode_openai_chat_error_body(data), sink);
  fail(bad_openai_chat_reply(chunks_.problem()), sink);
}

void OpenAiChatStreamDecoder::complete(chat::EventSink& sink) {
  state_ = State::kEnded;
  flow_.complete(sink);
}

void OpenAiChatStreamDecoder::fail(const Error& error, chat::EventSink& sink) {
  state_ = State::kEnded;
  emit_failure(error, sink);
}

}  // namespace onellm::dialects
