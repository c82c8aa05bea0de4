// Answers a request for the tokens of a prompt: by the provider's own count if it has one, else by an estimate
// (chat/token_estimate.h). Of several models the largest count is returned, because the question is whether the prompt
// fits.
//
// Rule: an estimate is marked by the header `x-onellm-estimated`.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/pieces.h"
#include "gateway/chat/reports/leg_reports.h"
#include "gateway/count_tokens/plan.h"
#include "gateway/keys/metering/admission.h"
#include "gateway/session/exchange.h"
#include "gateway/upstream/fetch.h"

namespace onellm::gateway {

class CountExchange final : public Exchange {
 public:
  // `context` must outlive it, and so must the body that the plan views while body_needed() is true.
  CountExchange(Context& context, std::unique_ptr<CountPlan> plan);

  void start();

  void on_fetch_head(uint32_t id, const Head& head) override;
  void on_fetch_bytes(uint32_t id, std::string_view bytes) override;
  void on_fetch_end(uint32_t id) override;
  void on_fetch_failed(uint32_t id) override;
  void on_object(uint32_t id, bool replied, std::string_view reply) override;
  void on_time() override;
  void on_client_gone() override;
  [[nodiscard]] double wakeup_ms() const override;
  [[nodiscard]] bool over() const override { return over_; }
  [[nodiscard]] bool body_needed() const override { return !over_; }

 private:
  // One model that is counted.
  struct Counted {
    CountLeg* leg;
    UpstreamFetch fetch;
    Pieces body = {};
    LegReport report = {};
    bool settled = false;  // Its count is in largest_.
  };

  void take_plan(std::unique_ptr<CountPlan> plan);
  void plan_anew();
  void follow(AdmissionStep step);
  void begin();
  void ask(Counted& counted);
  [[nodiscard]] Counted* awaiting(uint32_t id);
  void follow(Counted& counted, UpstreamStep step);
  void take_reply(Counted& counted);
  void take_refusal(Counted& counted);
  void take_failure(Counted& counted, const Error& error);
  void settle(Counted& counted, std::optional<int64_t> count);
  [[nodiscard]] int64_t estimate();
  void answer_if_settled();
  void refuse(Counted& counted, const Error& error);
  void refuse(const Error& error, const dialects::HeaderList& headers);
  void send_native(Counted& counted, int status, std::string body);
  void add_headers(HeadWriter& head, const Counted* refuser) const;
  void cancel_all();

  Context& context_;
  std::unique_ptr<CountPlan> plan_;
  std::vector<std::unique_ptr<Counted>> counted_;
  std::optional<KeyAdmission> admission_;  // Of a caller with limits.
  bool has_begun_ = false;
  std::optional<int64_t> estimate_;  // Made when it is first needed.
  int64_t largest_ = 0;
  bool over_ = false;
};

}  // namespace onellm::gateway
