// Shows the content of an answer in the order in which it came.
#include <algorithm>
#include <cstdint>
#include <utility>

#include "chat/answer/answer.h"

namespace onellm::chat {

namespace {

using Kind = AnswerPart::Kind;

class Shower {
 public:
  Shower(const AnswerChoice& choice, EventSink& sink) : choice_(choice), sink_(sink) {}

  void show() {
    find_late_citations();
    size_t next_late = 0;
    for (size_t at = 0; at < choice_.order.size(); ++at) {
      const AnswerPart& part = choice_.order[at];
      if (part.kind == Kind::kTyped && is_late(part.size)) continue;
      show_part(part);
      for (; next_late < late_.size() && late_[next_late].first == at; ++next_late) {
        sink_.take(choice_.others.kept_at(late_[next_late].second));
      }
    }
  }

 private:
  // Citations that something else separates from their text.
  void find_late_citations() {
    constexpr size_t kNone = SIZE_MAX;
    size_t text = kNone;  // The last text of this leg.
    bool is_next = false;
    for (size_t at = 0; at < choice_.order.size(); ++at) {
      const AnswerPart& part = choice_.order[at];
      if (part.kind == Kind::kLeg) text = kNone;
      if (part.kind == Kind::kText) {
        text = at;
        is_next = true;
        continue;
      }
      const bool cites = part.kind == Kind::kTyped && choice_.others.kept_at(part.size).kind == EventKind::kCitation;
      if (!cites) is_next = false;
      if (cites && !is_next && text != kNone) late_.emplace_back(text, part.size);
    }
  }

  [[nodiscard]] bool is_late(size_t kept) const {
    const auto found = std::lower_bound(late_.begin(), late_.end(), kept,
                                        [](const auto& late, size_t index) { return late.second < index; });
    return found != late_.end() && found->second == kept;
  }

  void show_part(const AnswerPart& part) {
    switch (part.kind) {
      case Kind::kLeg: return show_leg(choice_.legs[part.size]);
      case Kind::kText: return show_text(EventKind::kText, choice_.text, text_at_, part);
      case Kind::kReasoning: return show_text(EventKind::kReasoning, choice_.reasoning, reasoning_at_, part);
      case Kind::kRefusal: return show_text(EventKind::kRefusal, choice_.refusal, refusal_at_, part);
      case Kind::kCall: return show_call(static_cast<uint32_t>(part.size));
      case Kind::kTyped: return sink_.take(choice_.others.kept_at(part.size));
    }
  }

  void show_leg(const AnswerLeg& leg) {
    const Origin origin{.provider = leg.provider, .model = leg.model, .dialect = leg.dialect};
    sink_.take({.kind = EventKind::kStarted, .name = {leg.name}, .origin = &origin});
  }

  void show_text(EventKind kind, const std::string& text, size_t& at, const AnswerPart& part) {
    sink_.take({.kind = kind, .is_break = part.is_break, .text = {std::string_view(text).substr(at, part.size)}});
    at += part.size;
  }

  void show_call(uint32_t index) {
    const AnswerToolCall& call = choice_.tool_calls[index];
    EventDetails details;
    details.signature = {call.signature};
    sink_.take({.kind = EventKind::kToolCallOpened,
                .tool_call = index,
                .custom = call.custom,
                .has_made_id = call.has_made_id,
                .id = {call.id},
                .name = {call.name},
                .details = call.signature.empty() ? nullptr : &details});
    sink_.take(
        {.kind = EventKind::kToolArguments, .tool_call = index, .custom = call.custom, .text = {call.arguments}});
  }

  const AnswerChoice& choice_;
  EventSink& sink_;
  std::vector<std::pair<size_t, size_t>> late_;  // By text: index in `order`, index of the kept event. Both ascend.
  size_t text_at_ = 0;
  size_t reasoning_at_ = 0;
  size_t refusal_at_ = 0;
};

}  // namespace

void AnswerChoice::show(EventSink& sink) const { Shower(*this, sink).show(); }

}  // namespace onellm::chat
