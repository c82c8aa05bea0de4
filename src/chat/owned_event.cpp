#include "chat/owned_event.h"

#include <algorithm>
#include <functional>
#include <iterator>

#include "chat/members.h"

namespace onellm::chat {

namespace {

bool is_within(std::string_view part, std::string_view whole) {
  const std::less_equal<const char*> not_after;
  return !part.empty() && not_after(whole.data(), part.data()) &&
         not_after(part.data() + part.size(), whole.data() + whole.size());
}

}  // namespace

OwnedEvent::OwnedEvent(const Event& event)
    : event_(event), text_(event.text.text), reply_extra_(event.reply_extra.text) {
  event_.text = {text_};
  event_.reply_extra = {reply_extra_};
  if (event.details != nullptr) {
    details_ = std::make_unique<EventDetails>(*event.details);
    event_.details = details_.get();
  }
  if (event.usage != nullptr) {
    usage_ = std::make_unique<Usage>(*event.usage);
    event_.usage = usage_.get();
  }
  if (event.error != nullptr) {
    error_ = std::make_unique<Error>(*event.error);
    event_.error = error_.get();
  }
  copy_views(event);
}

// Views of the details that point into the extras of the event point into their copies afterwards.
void OwnedEvent::copy_views(const Event& event) {
  std::string_view* const extras[] = {&event_.delta_extra.text, &event_.choice_extra.text};
  const std::string_view originals[] = {event.delta_extra.text, event.choice_extra.text};
  std::string_view* const texts[] = {&event_.id.text, &event_.name.text, &event_.native_finish.text, extras[0],
                                     extras[1]};
  const auto place_in_extras = [&originals](std::string_view view) {
    return std::find_if(std::begin(originals), std::end(originals),
                        [view](std::string_view original) { return is_within(view, original); });
  };
  size_t size = 0;
  for (const std::string_view* text : texts) size += text->size();
  if (details_ != nullptr) {
    details_->each_view([&](std::string_view& view) {
      if (place_in_extras(view) == std::end(originals)) size += view.size();
    });
  }
  others_.reserve(size);  // So that appending does not move the bytes.
  const auto copy = [this](std::string_view& view) {
    const size_t at = others_.size();
    others_ += view;
    view = std::string_view(others_).substr(at);
  };
  for (std::string_view* text : texts) copy(*text);
  if (details_ == nullptr) return;
  details_->each_view([&](std::string_view& view) {
    const auto original = place_in_extras(view);
    if (original == std::end(originals)) return copy(view);
    const auto offset = static_cast<size_t>(view.data() - original->data());
    view = extras[original - std::begin(originals)]->substr(offset, view.size());
  });
}

size_t OwnedEvent::memory_bytes() const {
  const size_t pointed = (details_ == nullptr ? 0 : sizeof(EventDetails)) + (usage_ == nullptr ? 0 : sizeof(Usage)) +
                         (error_ == nullptr ? 0 : sizeof(Error));
  return sizeof(OwnedEvent) + text_.capacity() + reply_extra_.capacity() + others_.capacity() + pointed;
}

void OwnedEvent::append_text(std::string_view more) {
  text_ += more;
  event_.text = {text_};
}

void OwnedEvent::add_reply_extra(json::RawMembers more) {
  add_members(reply_extra_, more, SameKey::kReplace);
  event_.reply_extra = {reply_extra_};
}

}  // namespace onellm::chat
