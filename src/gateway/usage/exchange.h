// Answers GET /v1/admin/usage and GET /v1/usage: what was used and what it cost. Reads it from Analytics Engine if the
// settings configure that, otherwise from the ledger (gateway/accounting/ledger.h).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/pieces.h"
#include "gateway/session/context.h"
#include "gateway/session/exchange.h"
#include "gateway/usage/query.h"

namespace onellm::gateway {

class UsageExchange final : public Exchange {
 public:
  // `context` must outlive it. `key`: the id of the key whose usage is wanted; empty: the usage of all keys.
  UsageExchange(Context& context, std::string_view key) : context_(context), key_(key) {}

  // Starts reading, or sends an error at once if the query is wrong or no usage is kept.
  void start();

  void on_fetch_head(uint32_t id, const Head& head) override;
  void on_fetch_bytes(uint32_t id, std::string_view bytes) override;
  void on_fetch_end(uint32_t id) override;
  void on_fetch_failed(uint32_t id) override;
  void on_object(uint32_t id, bool replied, std::string_view reply) override;
  void on_time() override;
  void on_client_gone() override;
  [[nodiscard]] double wakeup_ms() const override { return deadline_ms_; }
  [[nodiscard]] bool over() const override { return over_; }
  [[nodiscard]] bool body_needed() const override { return false; }

 private:
  void ask_analytics();
  void ask_ledger();
  void answer(std::string_view rows, std::string_view source);
  void refuse_for_memory();
  void refuse(const Error& error);

  Context& context_;
  std::string key_;
  UsageQuery query_;
  uint32_t asked_ = 0;     // The id of the call under way.
  bool fetching_ = false;  // The call is a fetch that has not ended.
  Pieces body_;
  double deadline_ms_ = 0;
  bool over_ = false;
};

}  // namespace onellm::gateway
