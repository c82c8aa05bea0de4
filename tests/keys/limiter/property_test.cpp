// A million random operations on the limiter and on a plain model of it: every answer and every sum must be equal.
#include <gtest/gtest.h>

#include <random>

#include "keys/flat.h"
#include "keys/limiter/plain_model.h"
#include "keys/limiter/store.h"

namespace onellm::keys {
namespace {

constexpr int kWalks = 500;
constexpr int kOperations = 2'000;
constexpr int64_t kStart = 1'796'040'000'000;

class Walk {
 public:
  // Most walks have few requests to remember, which keeps the model quick.
  explicit Walk(uint64_t seed) : random_(seed), quiet_between_(seed % 50 == 0 ? 2'000 : 40) {
    store_.due_rows_max = seed % 3 == 0 ? 2 : 50;
  }

  void step() {
    pass_time();
    switch (below(16)) {
      case 0: return change_limits();
      case 1: return renew();
      case 2: return further();
      case 3: return count();
      case 4:
      case 5:
      case 6:
      case 7:
      case 8: return settle();
      default: return admit();
    }
  }

  void check_sums() {
    model_.pass(now_ms_);
    store_.touch(now_ms_);
    const State& state = store_.state;
    ASSERT_TRUE(state.spent == model_.spent());
    ASSERT_TRUE(state.reserved == model_.reserved());
    ASSERT_TRUE(state.total == model_.all);
    ASSERT_EQ(state.open, model_.open());
    ASSERT_EQ(state.open + state.ended, static_cast<int64_t>(model_.requests.size()));
    ASSERT_EQ(store_.rows.size(), model_.requests.size());
    ASSERT_EQ(state.window_start_ms, model_.window_from_ms);
    Big hours = 0;
    for (const auto& [hour, money] : store_.hours) hours += money;
    ASSERT_TRUE(hours == model_.all);
  }

  // What is stored survives being written and read.
  void store_as_text() {
    State state;
    ASSERT_TRUE(from_json(to_json(store_.state), state));
    ASSERT_EQ(to_json(state), to_json(store_.state));
    store_.state = state;
    for (auto& [id, row] : store_.rows) {
      Row read;
      ASSERT_TRUE(from_json(to_json(row), read));
      ASSERT_EQ(to_json(read), to_json(row));
      row = read;
    }
  }

  [[nodiscard]] const int* verdicts() const { return verdicts_; }

 private:
  int64_t below(int64_t limit) { return static_cast<int64_t>(random_() % static_cast<uint64_t>(limit)); }
  bool one_in(int64_t count) { return below(count) == 0; }

  void pass_time() {
    if (one_in(2)) return;
    now_ms_ += below(2'000);
    if (one_in(200)) now_ms_ += below(20 * 60'000);
    if (one_in(quiet_between_)) now_ms_ += below(50) * 3'600'000;          // Requests are forgotten, windows end.
    if (one_in(100)) now_ms_ = std::max(kStart, now_ms_ - below(30'000));  // The clock goes back.
    if (one_in(20'000)) now_ms_ = std::max(kStart, now_ms_ - below(30 * 3'600'000));
  }

  std::string any_id() { return "r" + std::to_string(std::max<int64_t>(0, last_id_ - below(12))); }

  std::optional<int64_t> maybe(int64_t limit) { return one_in(3) ? std::nullopt : std::optional(1 + below(limit)); }

  void change_limits() {
    if (!one_in(20) && model_.limits.version != 0) return;
    Limits next = model_.limits;
    ++next.version;
    if (one_in(40)) {
      next = {.version = next.version, .is_deleted = true};
    } else {
      static constexpr const char* kDurations[] = {"", "1h", "1d", "7d", "1mo", "5h"};
      const std::string duration = one_in(4) ? kDurations[below(6)] : next.budget_duration;
      const bool is_new = model_.limits.is_deleted || model_.limits.version == 0;
      if (is_new) next.created_ms = now_ms_;
      if (is_new || duration != next.budget_duration || one_in(10)) {
        next.spend = {.version = next.version,
                      .amount = one_in(2) ? 0 : below(500),
                      .window_start_ms = now_ms_ - below(2) * below(7'200'000)};
      }
      next.is_deleted = false;
      next.budget_duration = duration;
      if (one_in(2)) next.max_budget = maybe(3'000);
      if (one_in(2)) next.rpm_limit = maybe(200);
      if (one_in(2)) next.tpm_limit = maybe(100'000);
      if (one_in(2)) next.max_parallel_requests = maybe(12);
    }
    if (one_in(30)) next.version = model_.limits.version;  // An old record comes once more.
    store_.set_limits(now_ms_, next);
    model_.set_limits(next, now_ms_);
  }

  void renew() {
    const std::string id = any_id();
    ASSERT_EQ(store_.renew(now_ms_, id), model_.renew(id, now_ms_));
  }

  void settle() {
    const std::string id = one_in(30) ? new_id() : any_id();
    const int64_t money = one_in(4) ? 0 : below(300);
    const int64_t tokens = below(3'000);
    store_.settle(now_ms_, id, money, tokens);
    model_.settle(id, money, tokens, now_ms_);
  }

  std::string new_id() { return "r" + std::to_string(++last_id_); }

  void admit() {
    Ask ask{.id = one_in(25) ? any_id() : new_id(), .version = version(), .tokens = below(2'000)};
    fill(ask);
    try_to_admit(ask);
  }

  void further() {
    Ask ask{.kind = AskKind::kFurther, .id = any_id(), .version = version(), .tokens = below(500)};
    fill(ask);
    try_to_admit(ask);
  }

  void count() { try_to_admit({.kind = AskKind::kCount, .version = version()}); }

  int64_t version() { return model_.limits.version + (one_in(50) ? below(3) - 1 : 0); }

  void fill(Ask& ask) {
    ask.answers_per_leg = 1 + below(2);
    for (int64_t legs = 1 + below(3); legs > 0; --legs) {
      LegCost& leg = ask.legs.emplace_back();
      for (int64_t targets = 1 + below(2); targets > 0; --targets) {
        leg.targets.push_back({.fixed = below(100), .per_output_token = one_in(3) ? 1 : 0});
      }
    }
    ask.answers = ask.answers_per_leg * static_cast<int64_t>(ask.legs.size());
    ask.chooses_output = one_in(3);
    if (one_in(3)) ask.output_tokens_most = 1 + below(20'000);
  }

  void try_to_admit(const Ask& ask) {
    const Admission got = store_.admit(now_ms_, ask);
    model_.pass(now_ms_);
    ++verdicts_[static_cast<size_t>(got.verdict)];
    const Verdict expected = verdict_without_limits(ask);
    if (expected != Verdict::kAdmitted) {
      ASSERT_EQ(got.verdict, expected);
      return;
    }
    if (model_.limits.rpm_limit) model_.requests_left.pass(*model_.limits.rpm_limit, now_ms_);
    if (model_.limits.tpm_limit) model_.tokens_left.pass(*model_.limits.tpm_limit, now_ms_);
    if (got.verdict == Verdict::kRefused) return check_refusal(ask, *got.refusal);
    ASSERT_EQ(got.verdict, Verdict::kAdmitted);
    take(ask, got);
  }

  Verdict verdict_without_limits(const Ask& ask) {
    const Limits& limits = model_.limits;
    if (limits.version == 0 || ask.version > limits.version) return Verdict::kUnknown;
    if (ask.version < limits.version || limits.is_deleted) return Verdict::kStale;
    if (ask.kind == AskKind::kCount) return Verdict::kAdmitted;
    const auto found = model_.requests.find(ask.id);
    const bool is_known = found != model_.requests.end();
    const bool is_open = is_known && found->second.stage == PlainModel::Stage::kOpen;
    return (ask.kind == AskKind::kFurther ? is_open : !is_known) ? Verdict::kAdmitted : Verdict::kVoid;
  }

  // The limit of each answer that the contract wants, by trying all of them where that is quick.
  std::optional<int64_t> output_tokens(const Ask& ask) {
    const Limits& limits = model_.limits;
    if (!ask.chooses_output || (!limits.max_budget && !limits.tpm_limit)) return std::nullopt;
    Big limit = 16'384;
    if (limits.tpm_limit) limit = std::min<Big>(limit, model_.tokens_left.left() / (4 * ask.answers));
    Big dearest = 0;
    for (const LegCost& leg : ask.legs) {
      for (const TargetCost& target : leg.targets) dearest = std::max<Big>(dearest, target.per_output_token);
    }
    if (limits.max_budget && dearest > 0) {
      const Big free = std::max<Big>(0, *limits.max_budget - model_.spent() - model_.reserved());
      limit = std::min(limit, free / (4 * ask.answers * dearest));
    }
    return static_cast<int64_t>(std::min<Big>(std::max<Big>(limit, 256), ask.output_tokens_most));
  }

  Big money_for(const Ask& ask) {
    const Big tokens = Big{output_tokens(ask).value_or(0)} * ask.answers_per_leg;
    Big sum = 0;
    for (const LegCost& leg : ask.legs) {
      Big dearest = 0;
      for (const TargetCost& one : leg.targets) dearest = std::max(dearest, one.fixed + one.per_output_token * tokens);
      sum += dearest;
    }
    return sum;
  }

  int64_t tokens_for(const Ask& ask) { return ask.tokens + output_tokens(ask).value_or(0) * ask.answers; }

  bool fits_requests(const Ask& ask) {
    return !model_.limits.rpm_limit || ask.kind == AskKind::kFurther || model_.requests_left.has(1);
  }
  bool fits_tokens(const Ask& ask) {
    return !model_.limits.tpm_limit || ask.kind == AskKind::kCount || model_.tokens_left.has(tokens_for(ask));
  }
  bool fits_parallel(const Ask& ask) {
    return ask.kind != AskKind::kRequest || model_.open() < model_.limits.max_parallel_requests.value_or(10'000);
  }
  // How much is missing for the request if nothing else were open, and as it is.
  bool fits_money(const Ask& ask, bool alone) {
    if (!model_.limits.max_budget || ask.kind == AskKind::kCount) return true;
    const bool is_further = ask.kind == AskKind::kFurther;
    const Big reserved = !alone ? model_.reserved() : is_further ? model_.requests[ask.id].reserved : 0;
    return model_.spent() + reserved + money_for(ask) <= *model_.limits.max_budget;
  }

  void check_refusal(const Ask& ask, const Refusal& refusal) {
    const Limits& limits = model_.limits;
    const int64_t wait = refusal.retry_after_ms.value_or(-1);
    switch (refusal.kind) {
      case RefusalKind::kRequests:
        ASSERT_FALSE(fits_requests(ask));
        ASSERT_TRUE(model_.requests_left.is_wait(*limits.rpm_limit, 1, wait));
        return;
      case RefusalKind::kTokens:
        ASSERT_TRUE(fits_requests(ask) && !fits_tokens(ask));
        ASSERT_LE(tokens_for(ask), *limits.tpm_limit);
        ASSERT_TRUE(model_.tokens_left.is_wait(*limits.tpm_limit, tokens_for(ask), wait));
        return;
      case RefusalKind::kTooManyTokens:
        ASSERT_TRUE(fits_requests(ask));
        ASSERT_GT(tokens_for(ask), *limits.tpm_limit);
        return;
      case RefusalKind::kParallel: ASSERT_TRUE(fits_requests(ask) && fits_tokens(ask) && !fits_parallel(ask)); return;
      case RefusalKind::kReserved:
        ASSERT_TRUE(fits_requests(ask) && fits_tokens(ask) && fits_parallel(ask));
        ASSERT_TRUE(fits_money(ask, true) && !fits_money(ask, false));
        return;
      case RefusalKind::kSpent:
        ASSERT_TRUE(fits_requests(ask) && fits_tokens(ask) && fits_parallel(ask));
        ASSERT_FALSE(fits_money(ask, true));
        return;
    }
  }

  void take(const Ask& ask, const Admission& got) {
    ASSERT_TRUE(fits_requests(ask) && fits_tokens(ask) && fits_parallel(ask));
    ASSERT_TRUE(fits_money(ask, false)) << "never above the budget";
    ASSERT_EQ(got.output_tokens, ask.kind == AskKind::kCount ? std::nullopt : output_tokens(ask));
    const Big money = money_for(ask);
    const int64_t tokens = tokens_for(ask);
    if (model_.limits.rpm_limit && ask.kind != AskKind::kFurther) model_.requests_left.level -= 60'000;
    if (ask.kind != AskKind::kCount) {
      PlainModel::Request& request = model_.requests[ask.id];
      request.reserved += money;
      request.until_ms = now_ms_ + 900'000;
      if (model_.limits.tpm_limit) {
        request.tokens += tokens;
        model_.tokens_left.level -= Big{tokens} * 60'000;
      }
    }
    if (model_.limits.rpm_limit) {
      ASSERT_EQ(got.requests->remaining, model_.requests_left.left());
    }
    if (model_.limits.tpm_limit) {
      ASSERT_EQ(got.tokens->remaining, model_.tokens_left.left());
    }
    if (!model_.limits.max_budget) return;
    ASSERT_TRUE(Big{*got.remaining} ==
                std::max<Big>(0, *model_.limits.max_budget - model_.spent() - model_.reserved()));
  }

  std::mt19937_64 random_;
  int64_t quiet_between_;
  int64_t now_ms_ = kStart;
  int64_t last_id_ = 0;
  Store store_;
  PlainModel model_;
  int verdicts_[std::size(kVerdictNames)] = {};
};

TEST(Limiter, DoesTheSameAsAPlainModelInAMillionOperations) {
  int verdicts[std::size(kVerdictNames)] = {};
  for (uint64_t seed = 1; seed <= kWalks; ++seed) {
    Walk walk(seed);
    for (int i = 0; i < kOperations; ++i) {
      walk.step();
      if (i % 32 == 0) walk.check_sums();
      if (i % 512 == 0) walk.store_as_text();
      ASSERT_FALSE(HasFatalFailure()) << "seed " << seed << ", operation " << i;
    }
    for (size_t i = 0; i < std::size(verdicts); ++i) verdicts[i] += walk.verdicts()[i];
  }
  for (size_t i = 0; i < std::size(verdicts); ++i) EXPECT_GT(verdicts[i], 1'000) << kVerdictNames[i];
}

}  // namespace
}  // namespace onellm::keys
