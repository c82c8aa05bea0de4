// One leg of a request: one model with its fallbacks.
//
// A leg makes one call over its targets (gateway/upstream/call.h) and reads the bytes of the reply as events of the
// canonical answer (lanes/). If a request fails before its first content, the call decides which target is asked next.
// Otherwise, or if no target is left, the failure is passed on as kFailed. If a target refuses an optional part of the
// request, the leg asks it once more without that part (amendment.h).
//
// If the provider pauses its turn (chat::UnfinishedTurn), the leg makes up to kContinuedCallsMax further calls to the
// same target. The receiver of its events sees all of them as one answer.
//
// A call after one that may have been billed is admitted by the limiter of the caller's key first, if that has a budget
// or a limit of tokens (leg_admission.cpp).
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
#include "gateway/chat/attempt.h"
#include "gateway/chat/lanes/reply_reader.h"
#include "gateway/chat/reports/leg_report.h"
#include "gateway/chat/thought_memory.h"
#include "gateway/http/head.h"
#include "gateway/keys/metering/admission.h"
#include "gateway/session/context.h"
#include "gateway/upstream/call.h"

namespace onellm::gateway {

// What a leg did besides passing on events. All but kNothing belong to the native lane (lanes/native_lane.h), in which
// the bytes of fetch_id() go to the client unchanged, and end the leg, except kStream.
enum class LegStep : uint8_t {
  kNothing,
  kWhole,        // native_body() has been read completely and is good.
  kStream,       // A stream begins. native_body() is what has been read so far.
  kStreamEnded,  // The same, and that was all of it.
  kRelayEnded,   // The stream ended: relay_ending(). If it was cut, report().error says why.
};

class Leg {
 public:
  // `request` and everything that `attempts` view must outlive the leg. `attempts` must not be empty.
  Leg(size_t index, std::string name, std::vector<Attempt> attempts, const chat::Request& request, bool native,
      Context& context);
  Leg(const Leg&) = delete;
  Leg& operator=(const Leg&) = delete;

  // Each of the following passes the events of the answer to `sink`. After kCompleted or kFailed the leg is over.
  [[nodiscard]] LegStep start(chat::EventSink& sink);
  [[nodiscard]] LegStep on_fetch_head(const Head& head, chat::EventSink& sink);
  [[nodiscard]] LegStep on_fetch_bytes(std::string_view bytes, chat::EventSink& sink);
  [[nodiscard]] LegStep on_fetch_end(chat::EventSink& sink);
  [[nodiscard]] LegStep on_fetch_failed(chat::EventSink& sink);
  // Sends the next request if it is due, or ends a call that took too long.
  [[nodiscard]] LegStep on_time(chat::EventSink& sink);
  // The result of a call to a Durable Object, as Exchange::on_object() has it.
  [[nodiscard]] LegStep on_object(uint32_t id, bool replied, std::string_view reply, chat::EventSink& sink);
  // Ends the leg's call with this error. A stream that the client already gets goes on. After kBusy no other target is
  // asked (attempts.h).
  [[nodiscard]] LegStep give_up(const Error& error, chat::EventSink& sink);
  // Ends the leg's call with this error, even if only the end mark of the answer is missing.
  [[nodiscard]] LegStep fail(const Error& error, chat::EventSink& sink);

  // Stops the leg, because the client left or another leg won. Its call is cancelled, and no further event is sent.
  void cancel(Outcome why);
  // Pauses and resumes reading from the upstream.
  void pause();
  void resume();

  // The id of the last fetch; 0: none.
  [[nodiscard]] uint32_t fetch_id() const { return call_.id(); }
  // When on_time() must be called, in milliseconds since 1970; infinity: never.
  [[nodiscard]] double deadline_ms() const;
  [[nodiscard]] bool over() const { return state_ == State::kOver; }
  // The bytes of the reply that its call holds and has not handed on.
  [[nodiscard]] size_t held_bytes() const {
    return call_.held_bytes() + (reader_ == nullptr ? 0 : reader_->held_bytes());
  }
  // True once the request's body is not needed any more.
  [[nodiscard]] bool request_sent() const;
  [[nodiscard]] const LegReport& report() const { return report_; }
  // What a LegStep refers to.
  [[nodiscard]] NativeBody& native_body() { return reader_->body(); }
  [[nodiscard]] const RelayEnding& relay_ending() const { return relay_ending_; }

 private:
  enum class State : uint8_t {
    kNotStarted,
    kAsking,     // A request is under way.
    kAdmitting,  // The next request must be admitted first.
    kWaiting,    // Waits until the retry is due.
    kOver,       // Completed, failed or cancelled. Final.
  };
  class Events;

  [[nodiscard]] Attempt& attempt() { return attempts_[call_.current()]; }
  [[nodiscard]] const Attempt& attempt() const { return attempts_[call_.current()]; }
  [[nodiscard]] const providers::Provider& provider() const { return *attempt().target.provider; }
  // True if the client speaks the dialect of the API that is asked.
  [[nodiscard]] bool is_own_dialect() const {
    return attempt().api.dialect != nullptr && attempt().api.dialect->id() == context_.client->id();
  }

  // The requests, one after another.
  LegStep ask(chat::EventSink& sink);
  LegStep ask_again(chat::EventSink& sink);
  LegStep send(const Attempt& attempt, chat::EventSink& sink);
  LegStep answer_locally(chat::EventSink& sink);
  LegStep ask_next(const Error& error, chat::EventSink& sink);
  [[nodiscard]] bool leave_out_what(const Error& refused);
  [[nodiscard]] bool may_go_on() const;
  [[nodiscard]] bool plan_to_go_on(const chat::UnfinishedTurn& turn);
  LegStep go_on(chat::EventSink& sink);
  void remember_lessons();

  // The admission of a further call.
  LegStep admit_further();
  LegStep follow(AdmissionStep step, chat::EventSink& sink);
  LegStep refuse_further(const Error& refusal, dialects::HeaderList retry_headers, chat::EventSink& sink);
  LegStep end_turn(chat::EventSink& sink);

  // The reply.
  void begin_reply(const Head& head);
  LegStep follow(UpstreamStep step, chat::EventSink& sink);
  LegStep follow(const ReadResult& read, chat::EventSink& sink);
  LegStep end_relay(RelayEnding ending, const std::optional<Error>& cut_for);
  void take(const chat::Event& event, chat::EventSink& sink);
  void take_start(const chat::Event& event, chat::EventSink& sink);
  void take_content(const chat::Event& event, chat::EventSink& sink);
  void take_end(const chat::Event& event, chat::EventSink& sink);
  void take_failure(const chat::Event& event, chat::EventSink& sink);
  void note_content();

  // The call is over, for whatever reason. end() also ends the leg.
  void end_call(Outcome outcome) { gateway::end_call(index_, report_, provider(), outcome, context_); }
  void end(Outcome outcome);

  const size_t index_;
  std::vector<Attempt> attempts_;
  const chat::Request& request_;
  const bool native_;
  Context& context_;
  LegReport report_;
  chat::Origin origin_;  // Of the events that come.
  UpstreamCall call_;
  std::unique_ptr<ReplyReader> reader_;  // Null until a good reply begins.

  RoomShare amended_room_;  // Counts the memory of amended requests.
  State state_ = State::kNotStarted;
  bool reply_ended_ = false;                         // kCompleted or kFailed came: the rest of the reply is ignored.
  std::optional<Error> failed_;                      // It was kFailed, and nothing of the reply was passed on.
  double paused_at_ms_ = 0;                          // 0: not paused.
  std::vector<std::unique_ptr<Attempt>> continued_;  // The requests that continue a paused turn.
  std::optional<KeyAdmission> admission_;            // Of the next call, or of the last one that needed it.
  Reserve further_;                                  // What the next call may use.
  bool holds_turn_ = false;                          // The end of a paused turn waits for its admission.
  bool may_be_billed_ = false;                       // An earlier call may have been billed.
  bool goes_on_ = false;                             // The last of them is sent when this call is over.
  // How the paused turn ends if it may not go on.
  chat::FinishReason finish_ = chat::FinishReason::kStop;
  std::string native_finish_;
  chat::Usage usage_before_;  // The sum of the earlier calls of this answer.
  RelayEnding relay_ending_;
  RememberedTurn turn_;  // The reasoning of the answer, for a client that does not send it back.
};

}  // namespace onellm::gateway
