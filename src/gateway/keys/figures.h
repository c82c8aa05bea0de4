// Collects what is known about the use of one key: from its limiter, and from the ledger.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "gateway/session/context.h"
#include "gateway/usage/totals.h"
#include "keys/record/record.h"
#include "keys/usage.h"

namespace onellm::gateway {

class KeyFigures {
 public:
  // Asks, by the key's id. Requires the binding of the object.
  void ask_limiter(Context& context, std::string_view key);
  void ask_ledger(Context& context, std::string_view key);

  // The result of a call to an object; nothing happens if the call is not one of these.
  void on_object(uint32_t id, bool replied, std::string_view reply);

  // True while an answer is missing.
  [[nodiscard]] bool waits() const { return limiter_call_ != 0 || ledger_call_ != 0; }

  // Nothing: it was not asked, has not answered yet, or failed.
  [[nodiscard]] const std::optional<keys::OwnUsage>& limiter() const { return limiter_; }
  [[nodiscard]] const std::optional<KeyTotals>& ledger() const { return ledger_; }
  // The ledger's figures in the form of the limiter's.
  [[nodiscard]] std::optional<keys::OwnUsage> ledger_usage(int64_t now_ms) const;
  // What the key has used, as its owner sees it: from the limiter if that was asked, else from the ledger. Nothing:
  // neither has answered.
  [[nodiscard]] std::optional<keys::OwnUsage> own_usage(const keys::Record& record, int64_t now_ms) const;

 private:
  uint32_t limiter_call_ = 0;  // The call under way; 0: none.
  uint32_t ledger_call_ = 0;
  std::optional<keys::OwnUsage> limiter_;
  std::optional<KeyTotals> ledger_;
};

}  // namespace onellm::gateway
