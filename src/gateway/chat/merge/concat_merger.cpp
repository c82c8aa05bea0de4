// `concat`: one choice with the texts of the legs one after another, in the order asked. The first unfinished leg
// streams live. Later legs wait, with up to kWaitingLegTextBytesMax of text each; beyond that, reading from their
// upstream pauses.

#include <map>
#include <utility>

#include "base/limits.h"
#include "gateway/chat/merge/event_store.h"
#include "gateway/chat/merge/merge_modes.h"

namespace onellm::gateway {

namespace {

using chat::Event;
using chat::EventKind;
using chat::FinishReason;

constexpr std::string_view kBetweenLegs = R"(\n\n)";  // Two line ends, escaped for a JSON string.

// Chooses the finish reason of the whole answer: the highest rank, which is the most important one for the client.
int rank(FinishReason reason) {
  switch (reason) {
    case FinishReason::kToolCalls: return 5;
    case FinishReason::kFunctionCall: return 4;
    case FinishReason::kLength: return 3;
    case FinishReason::kContentFilter: return 2;
    case FinishReason::kStop: return 1;
    case FinishReason::kError: return 0;
  }
  __builtin_unreachable();
}

class ConcatMerger final : public Merger {
 public:
  ConcatMerger(size_t leg_count, bool streamed, MergeHost& host, chat::EventSink& out)
      : streamed_(streamed), host_(host), out_(out), waiting_(leg_count) {}

  void take(size_t leg, const Event& event) override {
    if (leg != live_) {
      waiting_[leg].add(event);
      if (streamed_ && is_full(waiting_[leg])) host_.pause_leg(leg);
      return;
    }
    pass_on(event);
    while (live_ended_) next_leg();
  }

  void drop_waiting(size_t leg) override { waiting_[leg].clear(); }
  [[nodiscard]] size_t held_bytes(size_t leg) const override { return waiting_[leg].memory_bytes(); }

 private:
  struct ToLive final : chat::EventSink {
    explicit ToLive(ConcatMerger& to) : merger(to) {}
    void take(const Event& event) override { merger.pass_on(event); }
    ConcatMerger& merger;
  };

  static bool is_full(const EventStore& store) {
    return store.text_bytes() >= kWaitingLegTextBytesMax || store.memory_bytes() >= kWaitingLegEventsBytesMax;
  }

  void next_leg() {
    live_ended_ = false;
    calls_before_leg_ = calls_;
    characters_before_leg_ = characters_;
    leg_spoke_ = false;
    if (++live_ == waiting_.size()) return finish();
    ToLive sink(*this);
    waiting_[live_].drain_to(sink);
    host_.resume_leg(live_);
  }

  void pass_on(const Event& event) {
    switch (event.kind) {
      case EventKind::kStarted: return pass_start(event);
      case EventKind::kText:
      case EventKind::kRefusal: return pass_words(event);
      case EventKind::kToolCallOpened: return pass_call(event);
      case EventKind::kToolArguments: return pass_numbered(event);
      case EventKind::kReasoning: return out_.take(event);
      case EventKind::kExtra: return pass_in_place(event);
      case EventKind::kThinkingSigned:
      case EventKind::kPartSigned:
      case EventKind::kMedia:
      case EventKind::kCode:
      case EventKind::kProviderPart:
      case EventKind::kContentEnded: return out_.take(event);
      case EventKind::kCitation: return pass_citation(event);
      case EventKind::kUsage: return;  // The sum is sent at the end, from the reports.
      case EventKind::kFinished: return keep_finish(event);
      case EventKind::kCompleted:
        any_completed_ = true;
        live_ended_ = true;
        return;
      case EventKind::kFailed: return pass_failure(*event.error);
    }
  }

  void pass_start(const Event& event) {
    const std::string name = json::escape(host_.leg_report(live_).name);
    Event start = event;
    start.name = {name};
    out_.take(start);
  }

  void pass_words(const Event& event) {
    if (event.text.empty() && !event.has_extras() && event.details == nullptr) return;
    if (!leg_spoke_ && spoke_ && !event.text.empty()) {
      out_.take({.kind = EventKind::kText, .text = {kBetweenLegs}});
      characters_ += json::count_characters({kBetweenLegs});
      characters_before_leg_ = characters_;
    }
    if (!event.text.empty()) leg_spoke_ = spoke_ = true;
    if (event.kind == EventKind::kText) characters_ += json::count_characters(event.text);
    pass_in_place(event);
  }

  // Places count from the start of the leg's own text, but that text starts later in the joined text.
  void pass_citation(const Event& event) {
    chat::EventDetails details = *event.details;
    details.citation.begin += characters_before_leg_;
    details.citation.end += characters_before_leg_;
    Event shifted = event;
    shifted.details = &details;
    out_.take(shifted);
  }

  // The same for places in extras.
  void pass_in_place(const Event& event) {
    if (characters_before_leg_ == 0 || event.delta_extra.empty()) return out_.take(event);
    chat::EventDetails details = event.details == nullptr ? chat::EventDetails() : *event.details;
    details.characters_before = characters_before_leg_;
    Event shifted = event;
    shifted.details = &details;
    out_.take(shifted);
  }

  // Makes ids unique over all legs, because two hosts may both use `call_0`. If the id is taken, a number is added. The
  // numbers go on from the last one used for this id, so each is tried only once.
  std::string unique_id(std::string_view asked) {
    const auto [first, is_new] = copies_of_id_.try_emplace(std::string(asked), 1U);
    if (is_new) return first->first;
    while (true) {
      std::string id = first->first + "_" + std::to_string(++first->second);
      if (copies_of_id_.try_emplace(id, 1U).second) return id;
    }
  }

  void pass_call(const Event& event) {
    const std::string id = unique_id(event.id.text);
    Event call = event;
    call.id = {id};
    ++calls_;
    pass_numbered(call);
  }

  void pass_numbered(const Event& event) {
    Event numbered = event;
    numbered.tool_call += calls_before_leg_;
    out_.take(numbered);
  }

  // The finish is sent after the last leg, but what stands beside this leg's finish is passed on at once.
  void keep_finish(const Event& event) {
    if (!finish_ || rank(event.finish) > rank(*finish_)) {
      finish_ = event.finish;
      native_finish_ = event.native_finish.text;
    }
    chat::EventDetails details;
    if (event.details != nullptr) {
      details.logprobs = event.details->logprobs;
      details.answer_filters = event.details->answer_filters;
    }
    const bool has_details = details.is_of_choice();
    if (event.delta_extra.empty() && event.choice_extra.empty() && !has_details) return;
    const Event beside{.kind = EventKind::kExtra,
                       .extra_of = event.extra_of,
                       .extra_holds = event.extra_holds,
                       .details = has_details ? &details : nullptr,
                       .delta_extra = event.delta_extra,
                       .choice_extra = event.choice_extra};
    pass_in_place(beside);
  }

  void pass_failure(const Error& error) {
    const std::string name = host_.leg_report(live_).name;
    const std::string escaped_name = json::escape(name);
    const std::string words = json::escape(failure_text(name, error));
    out_.take({.kind = EventKind::kStarted, .name = {escaped_name}});
    leg_spoke_ = false;  // The blank line also separates the failure from the leg's own text.
    pass_words({.kind = EventKind::kText, .text = {words}});
    live_ended_ = true;
  }

  void finish() {
    const std::string legs = host_.legs_member();
    const FinishReason reason = any_completed_ ? finish_.value_or(FinishReason::kStop) : FinishReason::kError;
    const json::RawString native = {any_completed_ ? std::string_view(native_finish_) : std::string_view()};
    chat::EventDetails details;
    details.gateway_members = {legs};
    out_.take({.kind = EventKind::kFinished, .finish = reason, .native_finish = native, .details = &details});
    const std::optional<chat::Usage> usage = total_usage(host_, waiting_.size());
    if (usage) out_.take({.kind = EventKind::kUsage, .usage = &*usage});
    if (!any_completed_) return host_.all_legs_failed();
    out_.take({.kind = EventKind::kCompleted});
  }

  const bool streamed_;
  MergeHost& host_;
  chat::EventSink& out_;
  std::vector<EventStore> waiting_;  // What the later legs have sent so far.
  size_t live_ = 0;
  bool live_ended_ = false;
  bool spoke_ = false;      // Some leg's text was passed on.
  bool leg_spoke_ = false;  // The live leg's text was passed on.
  bool any_completed_ = false;
  uint32_t calls_ = 0;
  uint32_t calls_before_leg_ = 0;
  int64_t characters_ = 0;
  int64_t characters_before_leg_ = 0;
  std::map<std::string, uint32_t> copies_of_id_;  // How often each id was asked for, including its numbered copies.
  std::optional<FinishReason> finish_;
  std::string native_finish_;  // The provider's own finish reason, if it has one.
};

}  // namespace

std::unique_ptr<Merger> make_concat_merger(size_t leg_count, bool streamed, MergeHost& host, chat::EventSink& out) {
  return std::make_unique<ConcatMerger>(leg_count, streamed, host, out);
}

}  // namespace onellm::gateway
