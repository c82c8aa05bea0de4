#include "dialects/common/stream/sse_decoder.h"

#include "base/limits.h"
#include "base/text.h"
#include "dialects/common/reply/bad_reply.h"

namespace onellm::dialects {

namespace {

constexpr std::string_view kSpace = " \t\r\n";

}  // namespace

void EventStreamDecoder::push(std::string_view bytes, chat::EventSink& sink) {
  switch (state_) {
    case State::kStart: {
      // A line of an event stream begins with a field's name or a colon. A bracket means JSON or HTML.
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

void EventStreamDecoder::push_events(std::string_view bytes, chat::EventSink& sink) {
  const bool fits = events_.push(bytes, [&](const sse::Event& event) { take(event, sink); });
  if (!fits && state_ != State::kEnded) fail(bad_reply("has an event that is too long"), sink);
}

void EventStreamDecoder::push_whole_body(std::string_view bytes, chat::EventSink& sink) {
  if (whole_body_.bytes() + bytes.size() > kReplyBytesMax) return fail(bad_reply("is too long"), sink);
  whole_body_.append(bytes);
}

void EventStreamDecoder::end(chat::EventSink& sink) {
  if (state_ == State::kEnded) return;
  if (state_ == State::kWholeBody) {
    state_ = State::kEnded;
    std::string body;
    whole_body_.move_to(body);
    return take_whole_body(body, sink);
  }
  close(cut_short(), sink);
}

void EventStreamDecoder::cut(const Error& reason, chat::EventSink& sink) {
  if (state_ == State::kEnded) return;
  if (state_ == State::kWholeBody) return fail(reason, sink);
  close(reason, sink);
}

void EventStreamDecoder::close(const Error& reason, chat::EventSink& sink) {
  state_ = State::kEnding;
  events_.end([&](const sse::Event& event) { take(event, sink); });
  if (state_ != State::kEnded) take_end(reason, sink);
}

void EventStreamDecoder::take(const sse::Event& event, chat::EventSink& sink) {
  if (state_ == State::kEnded) return;
  const std::string_view data = trim(event.data);
  if (data.empty()) return;
  take_event({.type = event.type, .data = data}, sink);
  if (data.size() > kLargeEventBytes) release_memory();
}

void EventStreamDecoder::fail(const Error& error, chat::EventSink& sink) {
  state_ = State::kEnded;
  emit_failure(error, sink);
}

void EventStreamDecoder::fail_on_bad_data(const Error& error, chat::EventSink& sink) {
  if (!is_last_event()) fail(error, sink);
}

}  // namespace onellm::dialects
