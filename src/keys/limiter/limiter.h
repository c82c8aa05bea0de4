// The limiter of one key: admits requests within the limits of its record, and settles what they used.
//
// A call reads the State and a few rows, decides, and gives back what changes. It has no clock and no storage: the
// object that calls it (worker/objects/limiter.js) does so within one transaction.
//
// Theory. A request that is admitted reserves its worst case: money is added to `reserved`, tokens are taken from their
// bucket. Settling replaces the reservation by what was used. A request whose lease ends is settled at its worst case;
// a settle that comes later replaces that figure. So spent + reserved never exceeds the budget at an admission, and
// each request counts once.
//
// Rule: what happened at a time is booked for that time. An alarm that comes late changes nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "keys/limiter/ask.h"
#include "keys/limiter/refusal.h"
#include "keys/limiter/state.h"

namespace onellm::keys {

enum class Verdict : uint8_t {
  kAdmitted,
  kRefused,
  kStale,    // The caller knows an older record: it must read the record anew and ask again.
  kUnknown,  // The limiter knows an older record, or none: call set_limits() first.
  kVoid,     // The request was settled before, or its lease has ended, or it was never admitted.
};
inline constexpr std::string_view kVerdictNames[] = {"admitted", "refused", "stale", "unknown", "void"};

// A limit for a minute as the reply headers have it.
struct RateStanding {
  int64_t limit = 0;
  int64_t remaining = 0;
  int64_t reset_ms = 0;  // Until the bucket is full.

  template <typename Visit, typename Self>
  static void visit_members(Visit& visit, Self& self) {
    visit.number("limit", self.limit);
    visit.number("remaining", self.remaining);
    visit.number("reset_ms", self.reset_ms);
  }
};

struct Admission {
  Verdict verdict = Verdict::kVoid;
  int64_t version = 0;                        // Of the record that the limiter knows.
  std::optional<int64_t> output_tokens = {};  // The output limit that was chosen for each answer.
  std::optional<Refusal> refusal = {};
  // The standing afterwards, for the limits that are set.
  std::optional<RateStanding> requests = {};
  std::optional<RateStanding> tokens = {};
  std::optional<PicoUsd> remaining = {};  // Budget - spent - reserved, this request included.

  template <typename Visit, typename Self>
  static void visit_members(Visit& visit, Self& self) {
    visit.word("verdict", self.verdict, kVerdictNames);
    visit.number("version", self.version);
    visit.number("output_tokens", self.output_tokens);
    visit.object("refusal", self.refusal);
    visit.object("requests", self.requests);
    visit.object("tokens", self.tokens);
    visit.money("remaining", self.remaining);
  }
};

struct Used {
  PicoUsd money = 0;
  int64_t tokens = 0;
};

class Limiter {
 public:
  // `rows`: the row of the request that the call is about, if there is one, and rows whose due_ms has come; each once.
  // Ends leases and windows that have ended. `has_more`: there are more such open requests, due later than these. Then
  // the current window waits for them, and nothing but take_changes() may be called.
  Limiter(State& state, std::vector<Row> rows, int64_t now_ms, bool has_more = false);

  // The record was changed, or is read for the first time. An older version changes nothing.
  void set_limits(const Limits& limits);

  [[nodiscard]] Admission admit(const Ask& ask);

  // The request is still open. False: it is not known as open.
  bool renew(std::string_view id);

  // The request has ended. A second settle changes nothing. One before the admit makes that admit void.
  void settle(std::string_view id, const Used& used);

  // The alarm rings. Returns the spend that is to be reported to the registry, if it has changed.
  [[nodiscard]] std::optional<Spend> wake();
  // The registry has this report.
  void reported(const Spend& spend);

  [[nodiscard]] Changes take_changes();

 private:
  struct Held {
    Row row;
    bool is_changed = false;
    bool is_forgotten = false;
  };

  [[nodiscard]] Held* find(std::string_view id);
  [[nodiscard]] std::optional<Refusal> refuse(const Ask& ask, const Reservation& wanted, PicoUsd own) const;
  void reserve(Held& held, const Reservation& wanted);
  void stand(Admission& admission) const;
  void refill_buckets();
  void roll_window(int64_t time_ms);
  void end_due_rows();
  void end(Held& held, Phase phase);
  void remember(std::string_view id);
  void book(PicoUsd money, int64_t hour, int64_t window);
  void take_tokens(int64_t tokens);
  void wish_to_wake(int64_t time_ms);
  [[nodiscard]] bool has_news() const;

  State& state_;
  int64_t now_ms_;
  std::vector<Held> held_;
  Changes changes_;
};

}  // namespace onellm::keys
