// One call of an upstream, from the request to the end of its reply or to the first error. Which call comes next is
// decided by the leg (gateway/chat/leg.h).
//
// Rule: A call reports its end exactly once and nothing after it, even if a reader still works on the bytes in which
// the error was.
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
  // The next event of the answer, in the translated lane. After kCompleted or kFailed the call is over.
  virtual void on_call_event(const chat::Event& event) = 0;
  // The call is over, and no part of its reply was handed on.
  virtual void on_call_failed(const Error& error) = 0;
  // A reply in the native lane begins (gateway/chat/lanes/native_lane.h). Whole: it has been read completely and is
  // good, and the call is over. Streamed: `peeked` is what has been read so far, and on_call_relay_ended() follows.
  virtual void on_call_whole(NativeBody body) = 0;
  virtual void on_call_stream(std::string_view peeked) = 0;
  virtual void on_call_relay_ended(RelayEnding ending, const Error& error) = 0;

 protected:
  ~CallListener() = default;
};

class UpstreamCall {
 public:
  // Makes the call. All references must outlive it. `report` is filled in from the reply. `only_hope`: the request
  // fails if this call fails.
  UpstreamCall(const Attempt& attempt, bool stream, bool native, bool only_hope, Context& context, LegReport& report,
               CallListener& listener);
  UpstreamCall(const UpstreamCall&) = delete;
  UpstreamCall& operator=(const UpstreamCall&) = delete;
  ~UpstreamCall();

  void on_head(const Head& head);
  void on_bytes(std::string_view bytes);
  void on_end();
  void on_failed();
  // Ends the call if its deadline has passed.
  void on_time();

  // Ends the call for `reason`, unless what has been received is itself an error.
  void cut(const Error& reason);
  // Ends the call for lack of memory, like cut(). A relayed stream goes on if what is held of it can be dropped.
  void give_up(const Error& reason);
  // Ends the call as failed, even if only the end mark of the answer is missing.
  void break_off(const Error& reason);
  // Cancels the call, unless it has ended. No event follows. Returns false if its upstream has not been called and will
  // not be.
  bool cancel();
  // Pauses and resumes reading from the upstream. The idle timeout does not run during a pause. pause() returns false
  // if there is nothing to pause.
  bool pause();
  void resume();

  [[nodiscard]] uint32_t id() const { return id_; }
  // True once a successful reply has begun.
  [[nodiscard]] bool reading() const { return state_ == State::kReading; }
  // When on_time() must be called, in milliseconds since 1970; infinity: never.
  [[nodiscard]] double deadline_ms() const;
  // The bytes of the reply that it holds and has not handed on.
  [[nodiscard]] size_t held_bytes() const {
    return error_body_.capacity() + (reader_ == nullptr ? 0 : reader_->held_bytes());
  }

  // --- for the readers ---
  [[nodiscard]] LegReport& report() { return report_; }
  [[nodiscard]] const providers::Provider& provider() const { return *attempt_.target.provider; }
  // The next event of the reply, in the translated lane.
  void take(const chat::Event& event);
  // Call before a whole reply of `bytes` bytes is decoded and kept. Returns an error if there is no room for it.
  [[nodiscard]] std::optional<Error> hold_whole(size_t bytes);
  // The native reply is good: hands it on to be shown to the client.
  void native_whole(NativeBody body);
  void native_stream(std::string_view peeked);
  void native_ended(RelayEnding ending, const Error& error);
  // The upstream sent something that is not an event, which shows that it is alive.
  void note_progress() { last_event_ms_ = context_.now_ms; }
  // The answer is complete: the call is ended if the upstream does not end it within this time. Of several such times
  // the earliest counts. After a pause of the call the time starts again.
  void expect_end(uint32_t within_ms);
  // The answer is not complete after all.
  void expect_more() { end_wanted_by_ms_ = 0; }
  // The reply is bad, and none of it was shown.
  void fail(const Error& error);

 private:
  enum class State : uint8_t {
    kWaitingForHead,
    kReadingError,  // The head had an error status; its body is being read.
    kReading,       // A reader takes the body.
    kOver,          // The end was reported. Final.
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
  bool open_ = true;  // The fetch has neither ended nor been cancelled.
  bool paused_ = false;
  int status_ = 0;
  const double head_wanted_by_ms_;
  double reply_began_ms_ = 0;
  double last_event_ms_ = 0;     // 0: none yet
  double end_wanted_by_ms_ = 0;  // 0: the answer is not whole yet
  // Why a relayed stream is being stopped, while the copies of its last bytes are awaited.
  std::optional<Error> stopped_for_;
  double stopped_by_ms_ = 0;  // The deadline for those copies.
  std::string error_body_;
  std::unique_ptr<ReplyReader> reader_;
};

}  // namespace onellm::gateway
