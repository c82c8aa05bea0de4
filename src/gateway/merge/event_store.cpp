#include "gateway/merge/event_store.h"

#include <array>
#include <utility>

namespace onellm::gateway {

void EventStore::add(const chat::Event& event) {
  auto kept = std::make_unique<Kept>();
  kept->event = event;
  chat::Event& copy = kept->event;
  const std::array<std::string_view*, 7> views = {
      &copy.text.text,        &copy.id.text,           &copy.name.text,       &copy.native_finish.text,
      &copy.delta_extra.text, &copy.choice_extra.text, &copy.reply_extra.text};
  size_t size = 0;
  for (const std::string_view* view : views) size += view->size();
  kept->text.reserve(size);  // So that appending moves nothing.
  for (std::string_view* view : views) {
    const size_t at = kept->text.size();
    kept->text += *view;
    *view = std::string_view(kept->text).substr(at);
  }
  if (event.usage != nullptr) {
    kept->usage = std::make_unique<chat::Usage>(*event.usage);
    copy.usage = kept->usage.get();
  }
  if (event.error != nullptr) {
    kept->error = std::make_unique<Error>(*event.error);
    copy.error = kept->error.get();
  }
  bytes_ += sizeof(Kept) + size;
  kept_.push_back(std::move(kept));
}

void EventStore::drain_to(chat::EventSink& sink) {
  std::deque<std::unique_ptr<Kept>> kept = std::exchange(kept_, {});
  bytes_ = 0;
  for (auto& one : kept) {
    sink.take(one->event);
    one.reset();  // What the sink makes of it may take as much again.
  }
}

}  // namespace onellm::gateway
