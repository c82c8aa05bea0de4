#include "gateway/upstream/learned.h"

#include <utility>

#include "base/limits.h"

namespace onellm::gateway {

namespace {

bool is_same(const Lesson& left, const Lesson& right) {
  return left.place == right.place && left.model == right.model && left.parameter == right.parameter &&
         left.value == right.value;
}

}  // namespace

std::string place_of(const providers::Provider& provider) { return provider.name + "/" + provider.resource; }

void Learned::remember(Lesson lesson, double now_ms) {
  if (lesson.model.size() + lesson.value.size() > kLessonBytesMax) return;
  std::erase_if(entries_,
                [&](const Entry& entry) { return entry.until_ms <= now_ms || is_same(entry.lesson, lesson); });
  if (entries_.size() >= kLessonsMax) entries_.erase(entries_.begin());
  entries_.push_back({.lesson = std::move(lesson), .until_ms = now_ms + kLessonMs});
}

std::vector<const Lesson*> Learned::of(std::string_view place, std::string_view model, double now_ms) const {
  std::vector<const Lesson*> found;
  for (const Entry& entry : entries_) {
    if (entry.until_ms > now_ms && entry.lesson.place == place && entry.lesson.model == model) {
      found.push_back(&entry.lesson);
    }
  }
  return found;
}

}  // namespace onellm::gateway
