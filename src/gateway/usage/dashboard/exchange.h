// Answers GET /v1/admin/usage?view=dashboard, and the same of GET /v1/usage: all that the dashboard shows, with one
// request. The figures come from the ledger (gateway/accounting/ledger.h), what is known of keys from their stores; all
// of them are asked at the same time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/session/context.h"
#include "gateway/session/exchange.h"
#include "gateway/usage/dashboard/key_parts.h"
#include "gateway/usage/dashboard/query.h"

namespace onellm::gateway {

class DashboardExchange final : public Exchange {
 public:
  // `context` must outlive it. `key`: the id of the key whose usage is wanted; empty: the usage of all keys.
  DashboardExchange(Context& context, std::string_view key) : context_(context), key_(key), keys_(context) {}

  // Starts reading, or sends an error at once if the query is wrong or there is no ledger.
  void start();

  void on_fetch_head(uint32_t /*id*/, const Head& /*head*/) override {}
  void on_fetch_bytes(uint32_t /*id*/, std::string_view /*bytes*/) override {}
  void on_fetch_end(uint32_t /*id*/) override {}
  void on_fetch_failed(uint32_t /*id*/) override {}
  void on_object(uint32_t id, bool replied, std::string_view reply) override;
  void on_time() override;
  void on_client_gone() override { state_ = State::kOver; }
  [[nodiscard]] double wakeup_ms() const override;
  [[nodiscard]] bool over() const override { return state_ == State::kOver; }
  [[nodiscard]] bool body_needed() const override { return false; }

 private:
  enum class State : uint8_t {
    kAsking,   // The ledger has not answered. The stores of keys may have.
    kWaiting,  // It has. The stores of keys have not yet.
    kNaming,   // The registry was asked for aliases of keys in the figures.
    kOver,     // The reply is complete, or the client left. Final.
  };

  void take_figures(std::string_view reply);
  void go_on();
  void answer();
  void refuse(const Error& error);

  Context& context_;
  std::string key_;
  DashboardQuery query_;
  DashboardKeys keys_;
  std::optional<DashboardFigures> figures_;
  State state_ = State::kAsking;
  uint32_t asked_ = 0;  // The call of the ledger; 0: none yet.
  double deadline_ms_ = 0;
};

}  // namespace onellm::gateway
