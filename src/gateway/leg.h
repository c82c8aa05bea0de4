// One leg of a request: a model and its fallbacks, tried one after another until one begins to answer.
//
// A leg turns what happens upstream into events of the canonical answer. Before its first content a
// failure that another target may not share moves it on; after that, or with no target left, it is
// handed on as kFailed. Nothing is retried once content was seen.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "chat/event.h"
#include "dialects/dialect.h"
#include "gateway/context.h"
#include "gateway/head.h"
#include "routing/model_spec.h"

namespace onellm::gateway {

// What accounting and the client are told of a leg.
struct LegReport {
  std::string name;          // As asked.
  std::string provider;      // Of the target that answered, or of the last one tried.
  std::string model;         // The provider's own name for what was asked of it.
  std::string served_model;  // What the reply says it came from, often a dated snapshot.
  int attempts = 0;          // Targets tried.
  int upstream_status = 0;   // Of the last attempt; 0: no reply.
  double started_ms = 0;
  double first_token_ms = 0;  // When the first content came; 0: none did.
  double ended_ms = 0;        // 0: still going.
  bool cancelled = false;     // A race was won by another leg, or the client left.
  std::optional<chat::FinishReason> finish;
  std::optional<chat::Usage> usage;
  std::optional<Error> error;
  std::vector<std::string> dropped;               // Parameters that the target did not get.
  std::vector<providers::Header> passed_headers;  // Of the upstream's reply, for the client.
};

// One way of the leg to its answer, prepared before anything is sent.
struct Attempt {
  routing::Target target;
  dialects::EncodedRequest encoded;
};

class Leg;

class LegListener {
 public:
  // The next event of leg `index`. After kCompleted or kFailed the leg is over.
  virtual void on_leg_event(size_t index, const chat::Event& event) = 0;
  // A native reply begins (native_reply.h). `id` is the fetch whose bytes go to the client untouched.
  // Whole: it has all been read and is good. Streamed: `peeked` is what was read of it so far.
  virtual void on_native_whole(uint32_t id) = 0;
  virtual void on_native_stream(uint32_t id, std::string_view peeked) = 0;
  // The relayed stream ended; what the client still needs to see is said by `ending`.
  enum class RelayEnding : uint8_t {
    kClean,
    kBlankLineMissing,         // After `[DONE]`.
    kDoneMissing,              // The answer is whole, or its error was seen.
    kBlankLineAndDoneMissing,  // The same, and the last event lacks its blank line.
    kCutAtBoundary,            // The answer is not whole, and a line of ours may follow.
    kCutInEvent,               // Half an event is with the client.
  };
  virtual void on_relay_ended(RelayEnding ending, const Error& error) = 0;

 protected:
  ~LegListener() = default;
};

// How the good reply of an upstream is read: translated_reply.h, native_reply.h.
class ReplyReader {
 public:
  ReplyReader() = default;
  ReplyReader(const ReplyReader&) = delete;
  ReplyReader& operator=(const ReplyReader&) = delete;
  virtual ~ReplyReader() = default;

  virtual void on_bytes(std::string_view bytes) = 0;
  // The body is complete, or it broke off (`cut` says why).
  virtual void on_end() = 0;
  virtual void on_cut(const Error& cut) = 0;
};

class Leg {
 public:
  // `request` and what `attempts` view must outlive the leg; `attempts` is not empty.
  Leg(size_t index, std::string name, std::vector<Attempt> attempts, const chat::Request& request, bool native,
      Context& context, LegListener& listener);
  Leg(const Leg&) = delete;
  Leg& operator=(const Leg&) = delete;
  ~Leg();

  void start();
  // Stops it: its upstream call is cancelled, and no event of it follows.
  void cancel();
  // Holds the upstream back, and lets it go on. Meanwhile the idle deadline stands still.
  void pause();
  void resume();

  void on_fetch_head(const Head& head);
  void on_fetch_bytes(std::string_view bytes);
  void on_fetch_end();
  void on_fetch_failed();
  // Fails the attempt if its deadline has passed.
  void on_time();

  [[nodiscard]] uint32_t fetch_id() const { return fetch_id_; }
  // When on_time() is to be called, in milliseconds since 1970; infinity: no need.
  [[nodiscard]] double deadline_ms() const;
  [[nodiscard]] bool over() const { return state_ == State::kOver; }
  // True once the request's body will not be needed any more.
  [[nodiscard]] bool request_sent() const {
    const bool is_last_attempt = content_seen_ || attempt_ + 1 == attempts_.size();
    return state_ == State::kOver || (state_ == State::kReading && is_last_attempt);
  }
  [[nodiscard]] const LegReport& report() const { return report_; }
  [[nodiscard]] LegReport& report() { return report_; }
  // For the readers: the reply goes on with this event, in the translated lane.
  void take(const chat::Event& event);
  // For the readers: the native reply may be shown to the client.
  void native_whole();
  void native_stream(std::string_view peeked);
  void native_ended(LegListener::RelayEnding ending, const Error& error);
  // For the readers: the upstream gave a sign of life that is no event.
  void note_progress() { last_event_ms_ = context_.now_ms; }
  // For the readers: the answer is whole, so the upstream should close the stream any moment now.
  void expect_end();
  // For the readers: the reply turned out bad before any of it was shown.
  void fail(const Error& error);

 private:
  enum class State : uint8_t {
    kNotStarted,
    kWaitingForHead,  // The call was made.
    kReadingError,    // The head had an error status; its body comes.
    kReading,         // A reader takes the body.
    kOver,            // Completed, failed or cancelled. Final.
  };

  void try_next();
  void call_upstream(Attempt& attempt);
  void answer_locally();
  void begin_reply(const Head& head);
  void end_attempt(const Error& error);
  // Cancels the call, unless it has ended.
  void abort_fetch();
  [[nodiscard]] const Attempt& current() const { return attempts_[attempt_]; }

  const size_t index_;
  std::vector<Attempt> attempts_;
  const chat::Request& request_;
  const bool native_;
  Context& context_;
  LegListener& listener_;

  State state_ = State::kNotStarted;
  size_t attempt_ = 0;
  uint32_t fetch_id_ = 0;
  bool fetch_open_ = false;  // The call was made, and has neither ended nor been cancelled.
  int status_ = 0;
  bool content_seen_ = false;
  bool paused_ = false;
  double head_wanted_by_ms_ = 0;
  double reply_began_ms_ = 0;
  double last_event_ms_ = 0;     // 0: none yet
  double end_wanted_by_ms_ = 0;  // 0: the answer is not whole yet
  std::string error_body_;
  std::unique_ptr<ReplyReader> reader_;
  std::unique_ptr<ReplyReader> retired_reader_;  // May be on the stack still.
  LegReport report_;
};

}  // namespace onellm::gateway
