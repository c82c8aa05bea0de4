// One leg of a request: a model and its fallbacks, asked one after another until one begins to answer.
//
// A leg turns what happens upstream into events of the canonical answer. Before its first content a
// failure leads to the next call that attempts.h knows of, at once or after a wait; after that, or where
// there is none, it is handed on as kFailed. Nothing is retried once content was seen. A target that refuses a part
// of the request which may be left out is asked once more without it (amendment.h).
//
// A turn that the provider paused (chat::UnfinishedTurn) is gone on with by up to kContinuedCallsMax further calls to
// the same target: to the listener all of them are one answer.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "chat/event.h"
#include "gateway/accounting/call_end.h"
#include "gateway/chat/reports/leg_report.h"
#include "gateway/http/head.h"
#include "gateway/session/context.h"
#include "gateway/upstream/attempts.h"
#include "gateway/upstream/call.h"

namespace onellm::gateway {

class LegListener {
 public:
  // The next event of leg `index`. After kCompleted or kFailed the leg is over.
  virtual void on_leg_event(size_t index, const chat::Event& event) = 0;
  // A native reply begins (lanes/native_lane.h). `id` is the fetch whose bytes go to the client untouched.
  // Whole: `body` has all been read and is good. Streamed: `peeked` is what was read of it so far.
  virtual void on_native_whole(uint32_t id, NativeBody body) = 0;
  virtual void on_native_stream(uint32_t id, std::string_view peeked) = 0;
  // The relayed stream ended.
  virtual void on_relay_ended(RelayEnding ending, const Error& error) = 0;

 protected:
  ~LegListener() = default;
};

class Leg final : private CallListener {
 public:
  // `request` and what `attempts` view must outlive the leg; `attempts` is not empty.
  Leg(size_t index, std::string name, std::vector<Attempt> attempts, const chat::Request& request, bool native,
      Context& context, LegListener& listener);
  Leg(const Leg&) = delete;
  Leg& operator=(const Leg&) = delete;

  void start();
  // Stops it, since the client left or another leg won: its call is cancelled, and no event of it follows.
  void cancel(Outcome why);
  // Holds the upstream back, and lets it go on.
  void pause();
  void resume();

  // Ends its call with this error. A stream that the client has already goes on all the same. After kBusy nobody else
  // is asked (attempts.h).
  void give_up(const Error& error);
  // The same, even if all of the answer but its end mark has come.
  void fail(const Error& error);

  void on_fetch_head(const Head& head);
  void on_fetch_bytes(std::string_view bytes);
  void on_fetch_end();
  void on_fetch_failed();
  // Does what is due: the next call, or the end of one that took too long.
  void on_time();

  // The fetch whose events it wants; 0: none.
  [[nodiscard]] uint32_t fetch_id() const { return call_ == nullptr ? 0 : call_->id(); }
  // When on_time() is to be called, in milliseconds since 1970; infinity: no need.
  [[nodiscard]] double deadline_ms() const;
  [[nodiscard]] bool over() const { return state_ == State::kOver; }
  // What its call holds of the reply and has not handed on.
  [[nodiscard]] size_t held_bytes() const { return call_ == nullptr ? 0 : call_->held_bytes(); }
  // True once the request's body will not be needed any more.
  [[nodiscard]] bool request_sent() const;
  [[nodiscard]] const LegReport& report() const { return report_; }

 private:
  enum class State : uint8_t {
    kNotStarted,
    kAsking,   // A call is under way.
    kWaiting,  // Until the same target may be asked again.
    kOver,     // Completed, failed or cancelled. Final.
  };

  // CallListener
  void on_call_event(const chat::Event& event) override;
  void on_call_failed(const Error& error) override;
  void on_call_whole(NativeBody body) override;
  void on_call_stream(std::string_view peeked) override;
  void on_call_relay_ended(RelayEnding ending, const Error& error) override;

  void ask();
  void call(const Attempt& attempt);
  [[nodiscard]] bool may_go_on() const;
  [[nodiscard]] bool plan_to_go_on(const chat::UnfinishedTurn& turn);
  void go_on();
  void answer_locally();
  // Asks the same target once more, at once and without what it refused. False where that may not be.
  [[nodiscard]] bool repeat_without(const Error& error);
  // The target took what was asked: what had to be left out for it is remembered.
  void remember_lessons();
  void note(const chat::Event& event);
  // The call is over, one way or another; with end() the leg too.
  void end_call(Outcome outcome) { gateway::end_call(index_, report_, provider(), outcome, context_); }
  void end(Outcome outcome);
  [[nodiscard]] const providers::Provider& provider() const { return *attempts_.current().target.provider; }
  // When the first byte of the answer has to be there.
  [[nodiscard]] double answer_wanted_by_ms() const;

  const size_t index_;
  Attempts attempts_;
  const chat::Request& request_;
  const bool native_;
  Context& context_;
  LegListener& listener_;

  RoomShare amended_room_;  // For what amended requests take of memory.
  State state_ = State::kNotStarted;
  bool content_seen_ = false;
  double ask_at_ms_ = 0;
  double paused_at_ms_ = 0;                          // 0: it is not.
  std::vector<std::unique_ptr<Attempt>> continued_;  // The calls that go on with a paused turn.
  bool goes_on_ = false;                             // The last of them is to be made once this call is over.
  chat::Usage usage_before_;                         // Of the calls before it.
  std::unique_ptr<UpstreamCall> call_;               // Null where none is under way, and for the echo.
  std::unique_ptr<UpstreamCall> retired_call_;       // May be on the stack still.
  LegReport report_;
};

}  // namespace onellm::gateway
