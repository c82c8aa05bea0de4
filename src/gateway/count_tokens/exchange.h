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
#include "gateway/count_tokens/plan.h"
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
  void on_time() override;
  void on_client_gone() override;
  [[nodiscard]] double wakeup_ms() const override;
  [[nodiscard]] bool over() const override { return over_; }
  [[nodiscard]] bool body_needed() const override { return !over_; }

 private:
  // The call of one leg.
  struct Asked {
    CountLeg* leg;
    UpstreamFetch fetch;
    Pieces body;
    std::vector<providers::Header> passed = {};  // Headers of the reply that the client gets.
    std::string request_id = {};                 // The provider's own.
    bool settled = false;
  };

  void ask(Asked& asked);
  [[nodiscard]] Asked* awaiting(uint32_t id);
  void follow(Asked& asked, UpstreamStep step);
  void take_reply(Asked& asked);
  void take_refusal(Asked& asked);
  void settle(Asked& asked, std::optional<int64_t> count);
  [[nodiscard]] int64_t estimate();
  void answer_if_settled();
  void refuse(Asked& asked, const Error& error);
  void send_native(Asked& asked, int status, std::string body);
  void cancel_all();

  Context& context_;
  std::unique_ptr<CountPlan> plan_;
  std::vector<std::unique_ptr<Asked>> asked_;
  std::optional<int64_t> estimate_;  // Made when it is first needed.
  int64_t largest_ = 0;
  bool over_ = false;
};

}  // namespace onellm::gateway
