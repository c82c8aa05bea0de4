// Answers GET /v1/models: every model that this deployment can reach, in the form of the client's dialect. Providers
// whose models are not in the settings are asked for them, all at once (provider_models.h).
//
// Rule: A slow or broken provider does not stop the reply: it is waited for no longer than kModelListTimeoutMs.
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

  // Asks the providers, or answers at once if there are none to ask. The query's `providers=a,b` limits the list to
  // these providers.
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
  std::vector<std::string> wanted_;  // Names of providers; empty: all.
  std::vector<ProviderModels> asked_;
  double deadline_ms_ = 0;
  bool over_ = false;
};

// Answers GET /v1/models/{id}: one model by an id that resolves to it. `id` is percent-encoded and may contain '/'.
void send_model(Context& context, std::string_view id);

}  // namespace onellm::gateway
