// `choices`: choice k is leg k, and events are passed on as they arrive. Every choice gets a role and one
// finish_reason. For a failed leg it is "error", with the error beside it.
//
// Rule: A leg's finish event waits until the leg is over, so that the last finish chunk can report all legs.

#include "gateway/chat/merge/event_store.h"
#include "gateway/chat/merge/merge_modes.h"

namespace onellm::gateway {

namespace {

using chat::Event;
using chat::EventKind;
using chat::FinishReason;

class ChoicesMerger final : public Merger {
 public:
  ChoicesMerger(size_t leg_count, bool streamed, MergeHost& host, chat::EventSink& out)
      : leg_count_(leg_count), streamed_(streamed), host_(host), out_(out), finishes_(leg_count), going_(leg_count) {}

  void take(size_t leg, const Event& event) override {
    Event moved = event;
    moved.choice = static_cast<uint32_t>(leg);
    switch (event.kind) {
      case EventKind::kStarted: return start(leg, moved);
      case EventKind::kText:
      case EventKind::kReasoning:
      case EventKind::kRefusal:
      case EventKind::kToolCallOpened:
      case EventKind::kToolArguments:
      case EventKind::kExtra:
      case EventKind::kThinkingSigned:
      case EventKind::kPartSigned:
      case EventKind::kCitation:
      case EventKind::kMedia:
      case EventKind::kCode:
      case EventKind::kProviderPart:
      case EventKind::kContentEnded: return out_.take(moved);
      case EventKind::kFinished: return finishes_[leg].add(moved);
      case EventKind::kUsage: return;  // The sum is sent at the end, from the reports.
      case EventKind::kCompleted: any_completed_ = true; return leg_over(leg, nullptr);
      case EventKind::kFailed:
        start(leg, {.kind = EventKind::kStarted, .choice = moved.choice});
        return leg_over(leg, event.error);
    }
  }

  void drop_waiting(size_t leg) override { finishes_[leg].clear(); }
  [[nodiscard]] size_t held_bytes(size_t leg) const override { return finishes_[leg].memory_bytes(); }

 private:
  void start(size_t leg, Event event) {
    const std::string name = json::escape(host_.leg_report(leg).name);
    event.name = {name};
    out_.take(event);
  }

  // Passes on the finish event that was kept, or makes one if the leg failed.
  void leg_over(size_t leg, const Error* error) {
    --going_;
    Finisher finisher(*this, leg, error);
    if (error != nullptr) finishes_[leg].clear();
    if (finishes_[leg].empty()) {
      finishes_[leg].add({.kind = EventKind::kFinished,
                          .choice = static_cast<uint32_t>(leg),
                          .finish = error == nullptr ? FinishReason::kStop : FinishReason::kError});
    }
    finishes_[leg].drain_to(finisher);
    if (going_ == 0) finish();
  }

  // Adds the error of a failed leg to its finish event, and its name unless streamed. The last finish event also gets
  // the report of all legs.
  struct Finisher final : chat::EventSink {
    Finisher(ChoicesMerger& to, size_t of, const Error* with) : merger(to), leg(of), error(with) {}

    void take(const Event& event) override {
      const std::string name = merger.streamed_ ? std::string() : json::escape(merger.host_.leg_report(leg).name);
      const std::string legs = merger.going_ == 0 ? merger.host_.legs_member() : std::string();
      chat::EventDetails details = event.details == nullptr ? chat::EventDetails() : *event.details;
      details.gateway_members = {legs};
      Event whole = event;
      whole.error = error;
      whole.name = {name};
      whole.details = &details;
      merger.out_.take(whole);
    }

    ChoicesMerger& merger;
    size_t leg;
    const Error* error;
  };

  void finish() {
    const std::optional<chat::Usage> usage = total_usage(host_, leg_count_);
    if (usage) out_.take({.kind = EventKind::kUsage, .usage = &*usage});
    if (!any_completed_) return host_.all_legs_failed();
    out_.take({.kind = EventKind::kCompleted});
  }

  const size_t leg_count_;
  const bool streamed_;
  MergeHost& host_;
  chat::EventSink& out_;
  std::vector<EventStore> finishes_;
  size_t going_;
  bool any_completed_ = false;
};

}  // namespace

std::unique_ptr<Merger> make_choices_merger(size_t leg_count, bool streamed, MergeHost& host, chat::EventSink& out) {
  return std::make_unique<ChoicesMerger>(leg_count, streamed, host, out);
}

}  // namespace onellm::gateway
