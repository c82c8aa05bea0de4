// One call of an upstream: from the request to the end of its reply, or to the first thing that goes
// wrong. Which call follows another is the leg's affair (leg.h).
//
// A call says only once how it ended, and nothing after that: a reader may still be working through the
// bytes in which the trouble was.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "chat/event.h"
#include "gateway/chat/lanes/reply_reader.h"
#include "gateway/chat/reports/leg_report.h"
#include "gateway/http/head.h"
#include "gateway/session/context.h"
#include "gateway/upstream/attempts.h"

namespace onellm::gateway {

class CallListener {
 public:
  // The answer goes on, in the translated lane. After kCompleted or kFailed the call is over.
  virtual void on_call_event(const chat::Event& event) = 0;
  // The call is over, and nothing of its reply was handed on.
  virtual void on_call_failed(const Error& error) = 0;
  // A native reply begins (chat/lanes/native_lane.h). Whole: it has all been read and is good, and the call is over.
  // Streamed: `peeked` is what was read of it so far, and on_call_relay_ended() follows.
  virtual void on_call_whole(NativeBody body) = 0;
  virtual void on_call_stream(std::string_view peeked) = 0;
  virtual void on_call_relay_ended(RelayEnding ending, const Error& error) = 0;

 protected:
  ~CallListener() = default;
};

class UpstreamCall {
 public:
  // Makes the call. What is given must outlive it; `report` is told what the reply says of itself.
  // `only_hope`: if it fails, so does the request.
  UpstreamCall(const Attempt& attempt, bool stream, bool native, bool only_hope, Context& context, LegReport& report,
               CallListener& listener);
  UpstreamCall(const UpstreamCall&) = delete;
  UpstreamCall& operator=(const UpstreamCall&) = delete;
  ~UpstreamCall();

  void on_head(const Head& head);
  void on_bytes(std::string_view bytes);
  void on_end();
  void on_failed();
  // Fails the call if its deadline has passed.
  void on_time();

  // Ends it for `reason`, unless what came so far is an error of its own.
  void cut(const Error& reason);
  // Ends it for want of memory, as cut() does; a stream that the client has already goes on with less.
  void give_up(const Error& reason);
  // Ends it in failure, even if the answer is whole but for its end mark.
  void break_off(const Error& reason);
  // Cancels it, unless it has ended. Nothing follows. False if its upstream has not been asked yet, and will not be.
  bool cancel();
  // Holds the upstream back, and lets it go on. Meanwhile the idle deadline stands still. False where there is
  // nothing to be held back.
  bool pause();
  void resume();

  [[nodiscard]] uint32_t id() const { return id_; }
  // True once a reply came that is no error.
  [[nodiscard]] bool reading() const { return state_ == State::kReading; }
  // When on_time() is to be called, in milliseconds since 1970; infinity: no need.
  [[nodiscard]] double deadline_ms() const;
  // What it holds of the reply and has not handed on.
  [[nodiscard]] size_t held_bytes() const {
    return error_body_.capacity() + (reader_ == nullptr ? 0 : reader_->held_bytes());
  }

  // --- for the readers ---
  [[nodiscard]] LegReport& report() { return report_; }
  [[nodiscard]] const providers::Provider& provider() const { return *attempt_.target.provider; }
  // The reply goes on with this event, in the translated lane.
  void take(const chat::Event& event);
  // A whole reply of `bytes` is about to be decoded and kept; what is wrong where there is no room for it.
  [[nodiscard]] std::optional<Error> hold_whole(size_t bytes);
  // The native reply may be shown to the client.
  void native_whole(NativeBody body);
  void native_stream(std::string_view peeked);
  void native_ended(RelayEnding ending, const Error& error);
  // The upstream gave a sign of life that is no event.
  void note_progress() { last_event_ms_ = context_.now_ms; }
  // The answer is whole: the call ends by itself if the upstream does not end it in so much time from now.
  // What was said so first counts. A pause of the call gives the time anew.
  void expect_end(uint32_t within_ms);
  // The answer goes on, after all.
  void expect_more() { end_wanted_by_ms_ = 0; }
  // The reply turned out bad before any of it was shown.
  void fail(const Error& error);

 private:
  enum class State : uint8_t {
    kWaitingForHead,
    kReadingError,  // The head had an error status; its body comes.
    kReading,       // A reader takes the body.
    kOver,          // It was said how it ended. Final.
  };

  void begin_reply(const Head& head);
  void end_call();
  bool abort_fetch();
  void end_late(const Error& reason);
  [[nodiscard]] const dialects::Dialect& dialect() const { return *attempt_.api.dialect; }

  const Attempt& attempt_;
  const bool stream_;
  const bool native_;
  Context& context_;
  LegReport& report_;
  CallListener& listener_;

  const uint32_t id_;
  State state_ = State::kWaitingForHead;
  bool open_ = true;  // It has neither ended nor been cancelled.
  bool paused_ = false;
  int status_ = 0;
  const double head_wanted_by_ms_;
  double reply_began_ms_ = 0;
  double last_event_ms_ = 0;     // 0: none yet
  double end_wanted_by_ms_ = 0;  // 0: the answer is not whole yet
  // Why a relayed stream is being ended: the copies of its last bytes are awaited.
  std::optional<Error> stopped_for_;
  double stopped_by_ms_ = 0;  // No longer than until then.
  std::string error_body_;
  std::unique_ptr<ReplyReader> reader_;
};

}  // namespace onellm::gateway
