// Answers the admin routes of keys. The registry decides and stores; this reads the query, makes secrets, and shows
// what came of it.
//
// Rule: a secret is in the reply that made it, and nowhere else. The registry gets its hash.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/keys/admin/action.h"
#include "gateway/keys/admin/registry_answer.h"
#include "gateway/keys/figures.h"
#include "gateway/session/context.h"
#include "gateway/session/exchange.h"

namespace onellm::gateway {

class KeysExchange final : public Exchange {
 public:
  // `context` must outlive it, and so must `body` while body_needed() is true.
  KeysExchange(Context& context, KeyRequest request, std::string_view body)
      : context_(context), request_(std::move(request)), body_(body) {}

  // Asks the registry, or sends an error at once.
  void start();

  void on_fetch_head(uint32_t /*id*/, const Head& /*head*/) override {}
  void on_fetch_bytes(uint32_t /*id*/, std::string_view /*bytes*/) override {}
  void on_fetch_end(uint32_t /*id*/) override {}
  void on_fetch_failed(uint32_t /*id*/) override {}
  void on_object(uint32_t id, bool replied, std::string_view reply) override;
  void on_random(uint32_t id, std::string_view bytes) override;
  void on_time() override;
  void on_client_gone() override { state_ = State::kOver; }
  [[nodiscard]] double wakeup_ms() const override { return deadline_ms_; }
  [[nodiscard]] bool over() const override { return state_ == State::kOver; }
  [[nodiscard]] bool body_needed() const override { return state_ == State::kNew || state_ == State::kReadingRandom; }

 private:
  enum class State : uint8_t {
    kNew,
    kReadingRandom,  // For a secret.
    kAskingRegistry,
    kAskingFigures,  // The registry has answered; the limiter and the ledger are asked.
    kOver,           // Final.
  };

  [[nodiscard]] Result<std::string> argument() const;
  void ask_registry(std::string argument);
  void take_answer(std::string_view reply);
  void ask_figures();
  void answer_record();
  void send(int status, std::string body);
  void refuse(const Error& error);
  void refuse_store();

  Context& context_;
  KeyRequest request_;
  std::string_view body_;
  State state_ = State::kNew;
  uint32_t asked_ = 0;  // The id of the call under way: random bytes, or the registry.
  double deadline_ms_ = 0;
  std::string secret_;
  RegistryAnswer answer_;
  KeyFigures figures_;
};

}  // namespace onellm::gateway
