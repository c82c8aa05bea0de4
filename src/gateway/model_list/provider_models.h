// The models of one provider that lists them itself: from KV if it was asked within the hour, else from
// the provider page by page, else those that are built in. Only a list that came whole is kept in KV.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/pieces.h"
#include "dialects/dialect.h"
#include "gateway/http/head.h"
#include "gateway/session/context.h"
#include "providers/provider.h"

namespace onellm::gateway {

class ProviderModels {
 public:
  // Both must outlive it.
  ProviderModels(const providers::Provider& provider, Context& context) : provider_(provider), context_(context) {}

  void start();

  // Events are for it only while it awaits() their id.
  void on_kv(bool found, std::string_view value);
  void on_fetch_head(const Head& head);
  void on_fetch_bytes(std::string_view bytes);
  void on_fetch_end();
  void on_fetch_failed() { settle(Ending::kCutShort); }
  // Nobody can wait any longer: it makes do with what there is.
  void give_up();

  [[nodiscard]] bool awaits(uint32_t id) const { return awaited_ == id && !settled(); }
  [[nodiscard]] bool settled() const { return awaited_ == 0; }

  [[nodiscard]] const providers::Provider& provider() const { return provider_; }
  // Once it is settled.
  [[nodiscard]] const std::vector<dialects::ModelEntry>& models() const { return models_; }

 private:
  enum class Ending : uint8_t { kWhole, kCutShort };

  void ask_page();
  void begin_fetch();
  void end_fetch();
  void take(std::vector<dialects::ModelEntry> models);
  void settle(Ending ending);

  const providers::Provider& provider_;
  Context& context_;
  uint32_t awaited_ = 0;   // The id of the KV read or fetch under way; 0: there is none.
  bool fetching_ = false;  // It is a fetch.
  Pieces body_;            // Of the page under way.
  size_t bytes_left_ = 0;  // That further pages may have.
  size_t pages_ = 0;
  std::string next_;  // What leads to the page under way.
  std::vector<dialects::ModelEntry> models_;
};

}  // namespace onellm::gateway
