// Answers GET /v1/key: a key about itself. Its spend comes from its limiter, or from the ledger if it has no limits.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "gateway/keys/figures.h"
#include "gateway/session/context.h"
#include "gateway/session/exchange.h"

namespace onellm::gateway {

class OwnKeyExchange final : public Exchange {
 public:
  // `context` must outlive it.
  explicit OwnKeyExchange(Context& context) : context_(context) {}

  void start();

  void on_fetch_head(uint32_t /*id*/, const Head& /*head*/) override {}
  void on_fetch_bytes(uint32_t /*id*/, std::string_view /*bytes*/) override {}
  void on_fetch_end(uint32_t /*id*/) override {}
  void on_fetch_failed(uint32_t /*id*/) override {}
  void on_object(uint32_t id, bool replied, std::string_view reply) override;
  void on_time() override;
  void on_client_gone() override { over_ = true; }
  [[nodiscard]] double wakeup_ms() const override { return deadline_ms_; }
  [[nodiscard]] bool over() const override { return over_; }
  [[nodiscard]] bool body_needed() const override { return false; }

 private:
  void take_figures();
  void take_record(std::string_view reply);
  void answer();
  void refuse_store();

  Context& context_;
  std::shared_ptr<const keys::Record> record_;
  KeyFigures figures_;
  uint32_t reading_ = 0;  // The call of the registry under way; 0: none.
  double deadline_ms_ = 0;
  bool over_ = false;
};

}  // namespace onellm::gateway
