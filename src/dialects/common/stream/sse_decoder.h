// The shared part of all decoders of server-sent events (SSE). It cuts the bytes into events. It also detects a body
// that is no stream: an error or a whole reply in JSON, or an HTML page.
// https://html.spec.whatwg.org/multipage/server-sent-events.html
//
// Rule: Every stream ends with exactly one kCompleted or kFailed, for any input.
#pragma once

#include <string>
#include <string_view>

#include "base/pieces.h"
#include "dialects/dialect.h"
#include "sse/reader.h"

namespace onellm::dialects {

class EventStreamDecoder : public StreamDecoder {
 public:
  void push(std::string_view bytes, chat::EventSink& sink) final;
  void end(chat::EventSink& sink) final;
  void cut(const Error& reason, chat::EventSink& sink) final;

 protected:
  // --- implemented by each dialect ---
  // One event; its data is not empty and has no white space around it.
  virtual void take_event(const sse::Event& event, chat::EventSink& sink) = 0;
  // A body that is no stream. Passes on kCompleted or kFailed.
  virtual void take_whole_body(std::string_view body, chat::EventSink& sink) = 0;
  // The input ended without the host's end of the answer. If the answer is complete all the same, calls set_ended()
  // and passes on kCompleted; else calls fail(reason).
  virtual void take_end(const Error& reason, chat::EventSink& sink) = 0;

  // Called after a large event: frees the memory for reading it, which the next events do not need.
  virtual void release_memory() = 0;

  // --- called by each dialect ---
  // JSON lines between or after events. Some hosts write errors this way.
  [[nodiscard]] std::string_view stray_json() const { return events_.stray_json(); }
  // Call it before passing on kCompleted. All later input is ignored.
  void set_ended() { state_ = State::kEnded; }
  // Passes on kFailed. All later input is ignored.
  void fail(const Error& error, chat::EventSink& sink);
  // As fail(), for data that could not be read. Does nothing if is_last_event().
  void fail_on_bad_data(const Error& error, chat::EventSink& sink);
  // True while the event at the end of the stream is read. If it is unreadable, it may be half an event and is
  // ignored; take_end() then decides.
  [[nodiscard]] bool is_last_event() const { return state_ == State::kEnding; }

 private:
  enum class State : uint8_t {
    kStart,      // Only white space so far: it may become a stream or one JSON text.
    kEvents,     // In a stream of events.
    kWholeBody,  // The body is no stream: an error or a whole reply in JSON, or HTML.
    kEnding,     // The stream was closed. Its last event, which may be incomplete, is being read.
    kEnded,      // kCompleted or kFailed was passed on. Final.
  };

  void close(const Error& reason, chat::EventSink& sink);
  void push_events(std::string_view bytes, chat::EventSink& sink);
  void push_whole_body(std::string_view bytes, chat::EventSink& sink);
  void take(const sse::Event& event, chat::EventSink& sink);

  State state_ = State::kStart;
  sse::Reader events_;
  Pieces whole_body_;
};

}  // namespace onellm::dialects
