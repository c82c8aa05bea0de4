// `race`: the first leg with content wins, and the others are cancelled. In a stream, content is the first text,
// refusal or tool call; reasoning does not count. Otherwise the first complete answer with such content wins.
//
// Rule: The events of each leg are kept until there is a winner. A leg that ended without content wins only if no other
// leg can win any more.

#include "gateway/chat/merge/event_store.h"
#include "gateway/chat/merge/merge_modes.h"

namespace onellm::gateway {

namespace {

using chat::Event;
using chat::EventKind;

class RaceMerger final : public Merger {
 public:
  RaceMerger(size_t leg_count, bool streamed, MergeHost& host, chat::EventSink& out)
      : streamed_(streamed),
        host_(host),
        out_(out),
        kept_(leg_count),
        has_content_(leg_count),
        runner_up_(leg_count),
        going_(leg_count) {}

  void take(size_t leg, const Event& event) override {
    if (winner_) {
      if (*winner_ == leg) pass_on(event);
      return;
    }
    if (event.kind == EventKind::kFailed) {
      kept_[leg].clear();
      return lose();
    }
    kept_[leg].add(event);
    has_content_[leg] = has_content_[leg] || chat::is_content(event);
    const bool completed = event.kind == EventKind::kCompleted;
    if (has_content_[leg] && (streamed_ || completed)) return win(leg);
    if (!completed) return;
    if (runner_up_ == kept_.size()) runner_up_ = leg;
    lose();
  }

  void drop_waiting(size_t leg) override { kept_[leg].clear(); }
  [[nodiscard]] size_t held_bytes(size_t leg) const override { return kept_[leg].memory_bytes(); }

 private:
  struct ToWinner final : chat::EventSink {
    explicit ToWinner(RaceMerger& to) : merger(to) {}
    void take(const Event& event) override { merger.pass_on(event); }
    RaceMerger& merger;
  };

  void win(size_t leg) {
    winner_ = leg;
    for (size_t other = 0; other < kept_.size(); ++other) {
      if (other == leg) continue;
      kept_[other].clear();
      host_.cancel_leg(other);
    }
    ToWinner sink(*this);
    kept_[leg].drain_to(sink);
  }

  void lose() {
    if (--going_ > 0) return;
    if (runner_up_ < kept_.size()) return win(runner_up_);
    host_.all_legs_failed();
  }

  void pass_on(const Event& event) {
    if (event.kind == EventKind::kUsage) return;  // The sum is sent at the end, from the reports.
    Event named = event;
    std::string name;
    if (event.kind == EventKind::kStarted) {
      name = json::escape(host_.leg_report(*winner_).name);
      named.name = {name};
    }
    if (event.kind == EventKind::kFinished) {
      finish_.add(event);  // Kept until the usage that follows it is known.
      return;
    }
    if (event.kind == EventKind::kCompleted) {
      Finisher finisher(*this);
      finish_.drain_to(finisher);
      const std::optional<chat::Usage> usage = total_usage(host_, kept_.size());
      if (usage) out_.take({.kind = EventKind::kUsage, .usage = &*usage});
    }
    out_.take(named);
  }

  struct Finisher final : chat::EventSink {
    explicit Finisher(RaceMerger& to) : merger(to) {}
    void take(const Event& event) override {
      const std::string legs = merger.host_.legs_member();
      chat::EventDetails details = event.details == nullptr ? chat::EventDetails() : *event.details;
      details.gateway_members = {legs};
      Event whole = event;
      whole.details = &details;
      merger.out_.take(whole);
    }
    RaceMerger& merger;
  };

  const bool streamed_;
  MergeHost& host_;
  chat::EventSink& out_;
  std::vector<EventStore> kept_;
  std::vector<bool> has_content_;
  EventStore finish_;
  std::optional<size_t> winner_;
  size_t runner_up_;  // Ended without content; kept_.size(): none.
  size_t going_;
};

}  // namespace

std::unique_ptr<Merger> make_race_merger(size_t leg_count, bool streamed, MergeHost& host, chat::EventSink& out) {
  return std::make_unique<RaceMerger>(leg_count, streamed, host, out);
}

}  // namespace onellm::gateway
