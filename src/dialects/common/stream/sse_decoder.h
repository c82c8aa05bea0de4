// The part of a stream decoder that is the same for every dialect whose streams are server-sent events:
// cutting the bytes into events, and telling a stream from what hosts send in its place (an error or a
// whole reply in JSON, a page of HTML).
// https://html.spec.whatwg.org/multipage/server-sent-events.html
//
// Rule: Every stream ends with one kCompleted or kFailed, whatever came.
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
  [[nodiscard]] bool at_event_boundary() const final;
  [[nodiscard]] bool end_mark_seen() const final { return end_mark_seen_; }

 protected:
  // --- what a dialect does ---
  // One event; its data is not empty and has no white space around it.
  virtual void take_event(const sse::Event& event, chat::EventSink& sink) = 0;
  // A body that is no stream. Hands on kCompleted or kFailed.
  virtual void take_whole_body(std::string_view body, chat::EventSink& sink) = 0;
  // Nothing more comes, and the host has not said that the answer is whole: calls set_ended() and hands on
  // kCompleted if it is all the same, else fail(reason).
  virtual void take_end(const Error& reason, chat::EventSink& sink) = 0;

  // A large event was taken: frees what was made for reading it, which the next ones will not need.
  virtual void release_memory() = 0;

  // --- what it calls ---
  // Lines of JSON that stood between events or behind them, as hosts write errors at times.
  [[nodiscard]] std::string_view stray_json() const { return events_.stray_json(); }
  void set_end_mark_seen() { end_mark_seen_ = true; }
  // Before kCompleted is handed on: nothing is taken any more.
  void set_ended() { state_ = State::kEnded; }
  // Hands on kFailed, and takes nothing any more.
  void fail(const Error& error, chat::EventSink& sink);
  // The same for data that could not be read, unless is_last_event().
  void fail_on_bad_data(const Error& error, chat::EventSink& sink);
  // True of the event in which the stream ended: data of it that cannot be read is half of an event, and says
  // nothing. take_end() decides then.
  [[nodiscard]] bool is_last_event() const { return state_ == State::kEnding; }

 private:
  enum class State : uint8_t {
    kStart,      // Only white space so far: it may become a stream or one JSON text.
    kEvents,     // In a stream of events.
    kWholeBody,  // In something else than a stream: an error or a whole reply in JSON, or HTML.
    kEnding,     // The stream was closed; its last event, perhaps half of one, is being read.
    kEnded,      // kCompleted or kFailed was handed on. Final.
  };

  void close(const Error& reason, chat::EventSink& sink);
  void push_events(std::string_view bytes, chat::EventSink& sink);
  void push_whole_body(std::string_view bytes, chat::EventSink& sink);
  void take(const sse::Event& event, chat::EventSink& sink);

  State state_ = State::kStart;
  sse::Reader events_;
  Pieces whole_body_;
  bool end_mark_seen_ = false;
};

}  // namespace onellm::dialects
