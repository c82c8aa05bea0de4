// Gets the models of one provider: from KV if it was asked within the hour, else from the provider page by page, else
// the built-in ones.
//
// Rule: Only a complete list is written to KV.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/pieces.h"
#include "dialects/dialect.h"
#include "gateway/http/head.h"
#include "gateway/session/context.h"
#include "gateway/upstream/fetch.h"
#include "providers/provider.h"

namespace onellm::gateway {

class ProviderModels {
 public:
  // Both must outlive it.
  ProviderModels(const providers::Provider& provider, Context& context)
      : provider_(provider), context_(context), fetch_(provider.name, Deadlines{}, context) {}

  void start();

  // Pass it an event only while awaits() is true for the event's id.
  void on_kv(bool found, std::string_view value);
  void on_fetch_head(const Head& head);
  void on_fetch_bytes(std::string_view bytes);
  void on_fetch_end();
  void on_fetch_failed();
  // The time is over: uses the models that have been read so far, or the built-in ones.
  void give_up();

  [[nodiscard]] bool awaits(uint32_t id) const { return awaited_ == id && !settled(); }
  [[nodiscard]] bool settled() const { return awaited_ == 0; }

  [[nodiscard]] const providers::Provider& provider() const { return provider_; }
  // Valid once settled() is true.
  [[nodiscard]] const std::vector<dialects::ModelEntry>& models() const { return models_; }

 private:
  enum class Ending : uint8_t { kWhole, kCutShort };

  void ask_page();
  void settle(Ending ending);

  const providers::Provider& provider_;
  Context& context_;
  UpstreamFetch fetch_;    // Of the page that is being read. Its time is limited by the owner (give_up()).
  uint32_t awaited_ = 0;   // The id of the KV read or fetch under way; 0: none.
  Pieces body_;            // Of the page that is being read.
  size_t bytes_left_ = 0;  // The most that further pages may have.
  size_t pages_ = 0;
  std::string next_;  // The cursor of the page that is being read.
  std::vector<dialects::ModelEntry> models_;
};

}  // namespace onellm::gateway
