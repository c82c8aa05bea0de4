#include "chat/answer/extras.h"

#include <utility>

#include "chat/members.h"

namespace onellm::chat {

void AnswerExtras::add(const Event& event) {
  const bool only_extras = event.kind == EventKind::kExtra && event.details == nullptr;
  if (!only_extras || event.extra_of != joined_.of) keep_joined();
  if (!only_extras) {
    kept_.push_back(std::make_unique<OwnedEvent>(event));
    return;
  }
  joined_.of = event.extra_of;
  add_members(joined_.delta, event.delta_extra, SameKey::kAccumulate);
  add_members(joined_.choice, event.choice_extra, SameKey::kAccumulate);
  add_members(joined_.reply, event.reply_extra, SameKey::kReplace);
}

void AnswerExtras::keep_joined() {
  if (joined_.has_extras()) kept_.push_back(std::make_unique<OwnedEvent>(joined_.event()));
  joined_ = {};
}

void AnswerExtras::show(EventSink& sink) const {
  for (const auto& kept : kept_) sink.take(kept->event());
  if (joined_.has_extras()) sink.take(joined_.event());
}

}  // namespace onellm::chat
