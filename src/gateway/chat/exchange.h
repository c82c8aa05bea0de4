// Answers one chat request: starts its legs, joins their events into one answer, and sends it. A leg is one of the
// models that the request names, with its fallbacks (leg.h).
//
// Depends on the plan (plan.h), the legs and the mergers (merge/merge.h).
//
// Rule: The reply's head waits until a leg has content or all legs have failed, so that a failure is an HTTP status.
// After kKeepAliveMs without content a streamed reply begins anyway. From then on errors are sent as events of the
// stream.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "chat/answer/answer.h"
#include "gateway/chat/leg/leg.h"
#include "gateway/chat/merge/call_gate.h"
#include "gateway/chat/merge/merge.h"
#include "gateway/chat/plan.h"
#include "gateway/chat/reports/leg_reports.h"
#include "gateway/keys/metering/admission.h"
#include "gateway/session/context.h"
#include "gateway/session/exchange.h"

namespace onellm::gateway {

class ChatExchange final : public Exchange, private MergeHost, private chat::EventSink {
 public:
  // `context` must outlive the exchange. The body that the plan views must live as long as body_needed() is true.
  ChatExchange(Context& context, std::unique_ptr<ChatPlan> plan);

  // Starts the legs, as soon as the limiter of the caller's key has admitted them.
  void start();

  void on_fetch_head(uint32_t id, const Head& head) override;
  void on_fetch_bytes(uint32_t id, std::string_view bytes) override;
  void on_fetch_end(uint32_t id) override;
  void on_fetch_failed(uint32_t id) override;
  void on_object(uint32_t id, bool replied, std::string_view reply) override;
  void on_time() override;
  void on_client_gone() override;
  [[nodiscard]] double wakeup_ms() const override;
  [[nodiscard]] bool over() const override { return state_ == State::kOver; }
  [[nodiscard]] bool body_needed() const override;

 private:
  enum class State : uint8_t {
    kAdmitting,  // The limiter was asked. There are no legs yet.
    kWaiting,    // Nothing has been sent.
    kStreaming,  // The head was sent, and the encoder's chunks follow it.
    kRelaying,   // The head was sent, and an upstream's bytes follow it unchanged.
    kOver,       // The reply is complete. Final.
  };

  // Events and steps of the legs.
  class LegEvents final : public chat::EventSink {
   public:
    LegEvents(ChatExchange& exchange, size_t index) : exchange_(exchange), index_(index) {}
    void take(const chat::Event& event) override { exchange_.on_leg_event(index_, event); }

   private:
    ChatExchange& exchange_;
    const size_t index_;
  };
  // The admission (exchange_admission.cpp).
  void admit();
  void plan_anew();
  void follow(AdmissionStep step);
  void begin_legs();
  void refuse(const Error& error, const dialects::HeaderList& headers);

  void on_leg_event(size_t index, const chat::Event& event);
  void follow(size_t index, LegStep step);
  void on_native_whole(uint32_t id, NativeBody body);
  void on_native_stream(uint32_t id, std::string_view peeked);
  void on_relay_ended(const RelayEnding& ending);

  // MergeHost
  void pause_leg(size_t leg) override { legs_[leg]->pause(); }
  void resume_leg(size_t leg) override { legs_[leg]->resume(); }
  void cancel_leg(size_t leg) override { legs_[leg]->cancel(Outcome::kLost); }
  [[nodiscard]] const LegReport& leg_report(size_t leg) const override { return legs_[leg]->report(); }
  [[nodiscard]] const dialects::ClientDialect& client() const override { return *context_.client; }
  [[nodiscard]] std::string legs_member() const override;
  void all_legs_failed() override;

  // chat::EventSink: the joined answer.
  void take(const chat::Event& event) override;

  [[nodiscard]] bool is_race() const { return merger_ != nullptr && plan_->merge == MergeMode::kRace; }
  void merge(size_t index, const chat::Event& event);
  [[nodiscard]] size_t held_bytes(size_t index) const;
  [[nodiscard]] size_t unexplained_bytes(size_t bytes) const;
  void give_up(size_t index, const Error& error);  // For lack of memory.
  [[nodiscard]] std::optional<Error> no_memory_for(size_t index, size_t bytes) const;
  void bound_waiting(size_t index);
  [[nodiscard]] LegReports reports() const;
  // The index of the leg that made this call; legs_.size() if no leg waits for it any more.
  [[nodiscard]] size_t leg_of(uint32_t fetch_id) const;
  // `providers_id`: as in reply_head().
  [[nodiscard]] HeadWriter head_for(int status, std::string_view providers_id) const;
  [[nodiscard]] HeadWriter whole_reply_head(int status, std::string_view providers_id = {}) const;
  void hand_on(const chat::Event& event);
  void hand_on_usage_with_cost();
  void send_stream_head(std::string_view providers_id = {});
  void send_encoded();
  void send_text(std::string text);
  void flush();
  // The only leg failed with an error that the client gets unchanged.
  [[nodiscard]] bool sends_native_error() const;
  void send_native_error();
  void send_answer();
  // The silence after which a keep-alive is due.
  [[nodiscard]] uint32_t keep_alive_ms() const;
  void end() { state_ = State::kOver; }

  Context& context_;
  std::unique_ptr<ChatPlan> plan_;
  dialects::ReplyMeta meta_;
  std::optional<KeyAdmission> admission_;  // Of a caller with limits.
  std::vector<std::unique_ptr<Leg>> legs_;
  std::unique_ptr<Merger> merger_;                    // Null if there is only one leg.
  std::vector<CallGate> gates_;                       // One before the merger for each leg; none for a single leg.
  std::unique_ptr<dialects::StreamEncoder> encoder_;  // Set for a streamed reply.
  chat::Answer answer_;                               // Collects a reply that is not streamed.
  State state_ = State::kAdmitting;
  bool joined_content_counts_ = true;  // False: the content of a leg counts, even if it waits for its turn.
  bool content_seen_ = false;
  bool answer_ended_ = false;    // The joined answer is complete: nothing follows what is in out_.
  bool failed_ = false;          // The answer failed before anything was sent.
  int64_t prompt_estimate_ = 0;  // Tokens of the prompt, if the client's dialect needs them; else 0.
  double last_sent_ms_ = 0;
  size_t planned_bytes_ = 0;  // What the session held when the legs began.
  std::string out_;           // Encoded and not yet sent.
};

}  // namespace onellm::gateway
