// One leg of a request: one model with its fallbacks. They are called one after another until one begins to answer.
//
// A leg turns the bytes of its calls into events of the canonical answer. If a call fails before its first content, the
// leg makes the next call that attempts.h chooses, at once or after a wait. Otherwise, or if no further call is
// possible, the failure is handed on as kFailed. If a target refuses an optional part of the request, the leg calls it
// once more without that part (amendment.h).
//
// If the provider pauses its turn (chat::UnfinishedTurn), the leg makes up to kContinuedCallsMax further calls to the
// same target. The listener sees all of them as one answer.
//
// Rule: Nothing is retried after the first content.
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
  // A reply in the native lane begins (lanes/native_lane.h): the bytes of fetch `id` go to the client unchanged. Whole:
  // `body` has been read completely and is good. Streamed: `peeked` is what has been read so far.
  virtual void on_native_whole(uint32_t id, NativeBody body) = 0;
  virtual void on_native_stream(uint32_t id, std::string_view peeked) = 0;
  // The relayed stream ended.
  virtual void on_relay_ended(RelayEnding ending, const Error& error) = 0;

 protected:
  ~LegListener() = default;
};

class Leg final : private CallListener {
 public:
  // `request` and everything that `attempts` view must outlive the leg. `attempts` must not be empty.
  Leg(size_t index, std::string name, std::vector<Attempt> attempts, const chat::Request& request, bool native,
      Context& context, LegListener& listener);
  Leg(const Leg&) = delete;
  Leg& operator=(const Leg&) = delete;

  void start();
  // Stops the leg, because the client left or another leg won. Its call is cancelled, and no further event is sent.
  void cancel(Outcome why);
  // Pauses and resumes reading from the upstream.
  void pause();
  void resume();

  // Ends the leg's call with this error. A stream that the client already gets goes on. After kBusy no other target is
  // called (attempts.h).
  void give_up(const Error& error);
  // Ends the leg's call with this error, even if only the end mark of the answer is missing.
  void fail(const Error& error);

  void on_fetch_head(const Head& head);
  void on_fetch_bytes(std::string_view bytes);
  void on_fetch_end();
  void on_fetch_failed();
  // Makes the next call if it is due, or ends a call that took too long.
  void on_time();

  // The id of the fetch whose events the leg waits for; 0: none.
  [[nodiscard]] uint32_t fetch_id() const { return call_ == nullptr ? 0 : call_->id(); }
  // When on_time() must be called, in milliseconds since 1970; infinity: never.
  [[nodiscard]] double deadline_ms() const;
  [[nodiscard]] bool over() const { return state_ == State::kOver; }
  // The bytes of the reply that its call holds and has not handed on.
  [[nodiscard]] size_t held_bytes() const { return call_ == nullptr ? 0 : call_->held_bytes(); }
  // True once the request's body is not needed any more.
  [[nodiscard]] bool request_sent() const;
  [[nodiscard]] const LegReport& report() const { return report_; }

 private:
  enum class State : uint8_t {
    kNotStarted,
    kAsking,   // A call is under way.
    kWaiting,  // Waits until the retry is due.
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
  // Calls the same target again at once, without the part that it refused. Returns false if that is not possible.
  [[nodiscard]] bool repeat_without(const Error& error);
  // The target accepted the request: remembers what had to be left out for it.
  void remember_lessons();
  void note(const chat::Event& event);
  // The call is over, for whatever reason. end() also ends the leg.
  void end_call(Outcome outcome) { gateway::end_call(index_, report_, provider(), outcome, context_); }
  void end(Outcome outcome);
  [[nodiscard]] const providers::Provider& provider() const { return *attempts_.current().target.provider; }
  // The deadline for the first byte of the answer.
  [[nodiscard]] double answer_wanted_by_ms() const;

  const size_t index_;
  Attempts attempts_;
  const chat::Request& request_;
  const bool native_;
  Context& context_;
  LegListener& listener_;

  RoomShare amended_room_;  // Counts the memory of amended requests.
  State state_ = State::kNotStarted;
  bool content_seen_ = false;
  double ask_at_ms_ = 0;
  double paused_at_ms_ = 0;                          // 0: not paused.
  std::vector<std::unique_ptr<Attempt>> continued_;  // The calls that continue a paused turn.
  bool goes_on_ = false;                             // The last of them will be made when this call is over.
  chat::Usage usage_before_;                         // The sum of the earlier calls of this answer.
  std::unique_ptr<UpstreamCall> call_;               // Null if no call is under way, and for the echo provider.
  std::unique_ptr<UpstreamCall> retired_call_;       // Kept because it may still be on the stack.
  LegReport report_;
};

}  // namespace onellm::gateway
