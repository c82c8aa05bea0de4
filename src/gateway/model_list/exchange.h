// GET /v1/models: every model that this deployment can reach, in OpenAI's shape. What settings do not
// say is asked of the providers, all at once (provider_models.h); one that is slow or broken holds up
// nobody.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/model_list/provider_models.h"
#include "gateway/session/context.h"
#include "gateway/session/exchange.h"

namespace onellm::gateway {

class ModelsExchange final : public Exchange {
 public:
  // `context` must outlive it.
  explicit ModelsExchange(Context& context) : context_(context) {}

  // Asks the providers, or answers at once where there is nothing to ask. The query's
  // `providers=a,b` names those that are wanted.
  void start();

  void on_fetch_head(uint32_t id, const Head& head) override;
  void on_fetch_bytes(uint32_t id, std::string_view bytes) override;
  void on_fetch_end(uint32_t id) override;
  void on_fetch_failed(uint32_t id) override;
  void on_kv(uint32_t id, bool found, std::string_view value) override;
  void on_time() override;
  void on_client_gone() override;
  [[nodiscard]] double wakeup_ms() const override { return deadline_ms_; }
  [[nodiscard]] bool over() const override { return over_; }
  [[nodiscard]] bool body_needed() const override { return false; }

 private:
  [[nodiscard]] bool is_wanted(std::string_view provider) const;
  [[nodiscard]] ProviderModels* awaiting(uint32_t id);
  void answer_if_settled();

  Context& context_;
  std::vector<std::string> wanted_;  // Empty: all.
  std::vector<ProviderModels> asked_;
  double deadline_ms_ = 0;
  bool over_ = false;
};

// GET /v1/models/{id}: one model by an id that reaches it. `id` is percent-encoded, and may hold '/'.
void send_model(Context& context, std::string_view id);

}  // namespace onellm::gateway
