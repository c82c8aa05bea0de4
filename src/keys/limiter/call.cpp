#include "keys/limiter/call.h"

#include <utility>

#include "keys/flat.h"
#include "keys/limiter/limiter.h"
#include "keys/usage.h"

namespace onellm::keys {

namespace {

enum class Op : uint8_t { kNone, kAdmit, kSettle, kRenew, kLimits, kWake, kReported, kRead, kEndLeases };
constexpr std::string_view kOpNames[] = {"",     "admit",    "settle", "renew",     "limits",
                                         "wake", "reported", "read",   "end_leases"};

struct Call {
  Op op = Op::kNone;
  int64_t now_ms = 0;
  State state = {};
  std::vector<Row> rows = {};
  std::optional<Limits> limits = {};
  Ask ask = {};
  std::string id = {};
  Used used = {};
  Spend spend = {};
  std::vector<HourSpend> hours = {};

  template <typename Visit, typename Self>
  static void visit_members(Visit& visit, Self& self) {
    visit.word("op", self.op, kOpNames);
    visit.number("now_ms", self.now_ms);
    visit.object("state", self.state);
    visit.objects("rows", self.rows);
    visit.object("limits", self.limits);
    visit.object("ask", self.ask);
    visit.text("id", self.id);
    visit.money("money", self.used.money);
    visit.number("tokens", self.used.tokens);
    visit.object("spend", self.spend);
    visit.objects("hours", self.hours);
  }
};

struct Outcome {
  std::optional<State> state = {};
  Changes changes = {};
  std::optional<Admission> admission = {};
  std::optional<bool> renewed = {};
  std::optional<Spend> report = {};
  std::optional<OwnUsage> usage = {};

  template <typename Visit, typename Self>
  static void visit_members(Visit& visit, Self& self) {
    visit.object("state", self.state);
    visit.object("changes", self.changes);
    visit.object("admission", self.admission);
    visit.flag("renewed", self.renewed);
    visit.object("report", self.report);
    visit.object("usage", self.usage);
  }
};

// `ended`: what this call itself adds to the hours.
OwnUsage usage_of(const Call& call, const State& state, const std::vector<HourSpend>& ended) {
  std::vector<HourSpend> hours = call.hours;
  hours.insert(hours.end(), ended.begin(), ended.end());
  const RecentSpend recent = recent_spend(hours, call.now_ms);
  return {.version = state.limits.version,
          .spent = state.spent,
          .window_start_ms = state.window_start_ms,
          .reserved = state.reserved,
          .total = state.total,
          .day = recent.day,
          .week = recent.week,
          .month = recent.month};
}

// A refusal, and a look at the usage, change nothing that must be stored: buckets are refilled from what is stored all
// the same.
bool is_unchanged(const State& before, State after, const Changes& changes) {
  after.requests = before.requests;
  after.tokens = before.tokens;
  return to_json(before) == to_json(after) && to_json(changes) == to_json(Changes{});
}

// With limits, which are the registry's latest, a request that knows a newer record is wrong, and not the limiter.
Admission admit(Limiter& limiter, const Call& call) {
  Admission admission = limiter.admit(call.ask);
  if (call.limits && admission.verdict == Verdict::kUnknown) admission.verdict = Verdict::kStale;
  return admission;
}

}  // namespace

std::string call_limiter(std::string_view text) {
  Call call;
  if (!from_json(text, call) || call.op == Op::kNone) return {};
  Outcome outcome;
  State state = call.state;
  Limiter limiter(state, std::move(call.rows), call.now_ms, call.op == Op::kEndLeases);
  if (call.limits) limiter.set_limits(*call.limits);
  switch (call.op) {
    case Op::kNone:
    case Op::kLimits:
    case Op::kRead:
    case Op::kEndLeases: break;
    case Op::kAdmit: outcome.admission = admit(limiter, call); break;
    case Op::kSettle: limiter.settle(call.id, call.used); break;
    case Op::kRenew: outcome.renewed = limiter.renew(call.id); break;
    case Op::kWake: outcome.report = limiter.wake(); break;
    case Op::kReported: limiter.reported(call.spend); break;
  }
  outcome.changes = limiter.take_changes();
  if (call.op == Op::kRead) outcome.usage = usage_of(call, state, outcome.changes.hours);
  const bool is_refused = outcome.admission && outcome.admission->verdict != Verdict::kAdmitted;
  const bool may_be_unchanged = is_refused || call.op == Op::kRead;
  if (!may_be_unchanged || !is_unchanged(call.state, state, outcome.changes)) outcome.state = std::move(state);
  return to_json(outcome);
}

}  // namespace onellm::keys
