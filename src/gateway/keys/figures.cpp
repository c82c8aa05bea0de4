#include "gateway/keys/figures.h"

#include <string>
#include <utility>

#include "gateway/keys/store.h"
#include "json/writer.h"
#include "keys/flat.h"

namespace onellm::gateway {

namespace {

constexpr std::string_view kLedgerTotals = "ONELLM_LEDGER_OBJECT ledger totals";

// The reply of the limiter's method `read`.
struct LimiterReply {
  std::optional<keys::OwnUsage> usage = {};

  template <typename Visit, typename Self>
  static void visit_members(Visit& visit, Self& self) {
    visit.object("usage", self.usage);
  }
};

std::optional<keys::OwnUsage> read_usage(std::string_view text) {
  LimiterReply reply;
  if (!keys::from_json(text, reply)) return std::nullopt;
  return reply.usage;
}

}  // namespace

void KeyFigures::ask_limiter(Context& context, std::string_view key) {
  std::string argument;
  {
    json::ObjectWriter object(argument);
    object.add_plain("key", key);
  }
  limiter_call_ = call_limiter(context, key, "read", std::move(argument));
}

void KeyFigures::ask_ledger(Context& context, std::string_view key) {
  ledger_call_ = context.new_fetch_id();
  Command call{.kind = CommandKind::kCallObject, .id = ledger_call_, .head = std::string(kLedgerTotals)};
  call.body.add_owned(totals_query(key, static_cast<int64_t>(context.now_ms)));
  context.commands.add(std::move(call));
}

void KeyFigures::on_object(uint32_t id, bool replied, std::string_view reply) {
  if (id == 0) return;
  if (id == limiter_call_) {
    limiter_call_ = 0;
    if (replied) limiter_ = read_usage(reply);
  } else if (id == ledger_call_) {
    ledger_call_ = 0;
    if (replied) ledger_ = read_totals(reply);
  }
}

std::optional<keys::OwnUsage> KeyFigures::ledger_usage(int64_t now_ms) const {
  if (!ledger_) return std::nullopt;
  const keys::RecentSpend recent = keys::recent_spend(ledger_->hours, now_ms);
  return keys::OwnUsage{.total = ledger_->money, .day = recent.day, .week = recent.week, .month = recent.month};
}

std::optional<keys::OwnUsage> KeyFigures::own_usage(const keys::Record& record, int64_t now_ms) const {
  if (!limiter_) return ledger_usage(now_ms);
  keys::OwnUsage usage = *limiter_;
  // A limiter that has not heard of a new window yet has the spend of the old one.
  const bool is_old = usage.window_start_ms < record.spend.window_start_ms;
  if (is_old) usage.spent = keys::spend_at(record, now_ms);
  return usage;
}

}  // namespace onellm::gateway
