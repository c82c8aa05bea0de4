// GET /v1/models: every model that this deployment can reach, in OpenAI's shape. What settings do not
// say is asked of the providers, all at once; one that is slow or broken only lacks its models.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/context.h"
#include "gateway/exchange.h"
#include "routing/model_spec.h"

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
  void on_time() override;
  void on_client_gone() override;
  [[nodiscard]] double wakeup_ms() const override;
  [[nodiscard]] bool over() const override { return over_; }
  [[nodiscard]] bool body_needed() const override { return false; }

 private:
  // A list that has not come yet.
  struct Asked {
    const providers::Provider* provider;
    std::string body;
  };

  [[nodiscard]] bool is_wanted(std::string_view provider) const;
  void ask(const providers::Provider& provider);
  void add(const routing::ListedModel& model, int64_t created_s);
  void give_up_on(uint32_t id);
  void answer_if_complete();

  Context& context_;
  std::vector<std::string> wanted_;  // Empty: all.
  std::map<uint32_t, Asked> asked_;  // By fetch id.
  double deadline_ms_ = 0;
  std::set<std::string> ids_;
  std::string data_;  // The entries as JSON, with commas between.
  bool over_ = false;
};

// GET /v1/models/{id}: one model by an id that reaches it. `id` is percent-encoded, and may hold '/'.
void send_model(Context& context, std::string_view id);

}  // namespace onellm::gateway
