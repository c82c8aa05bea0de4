// Remembers what providers refused and then accepted without it. Later requests leave it out. A lesson is kept for an
// hour, and not longer than the instance lives.
//
// Rule: A lesson is for one model at one provider, and for one parameter. If only a value was refused, the lesson is
// for that value only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "providers/provider.h"

namespace onellm::gateway {

struct Lesson {
  std::string place;      // See place_of().
  std::string model;      // The provider's own name of the model.
  std::string parameter;  // The member of the client's request, or one that the gateway adds by itself.
  std::string value;      // The value as it was sent; empty: any value.
};

// Identifies a provider in a lesson. It is not its address, because the settings may be read again.
[[nodiscard]] std::string place_of(const providers::Provider& provider);

class Learned {
 public:
  // Adds a lesson. At most kLessonsMax are kept; the oldest is dropped. One longer than kLessonBytesMax is not kept.
  void remember(Lesson lesson, double now_ms);

  // All lessons for a model at this place.
  [[nodiscard]] std::vector<const Lesson*> of(std::string_view place, std::string_view model, double now_ms) const;

  [[nodiscard]] bool empty() const { return entries_.empty(); }

 private:
  struct Entry {
    Lesson lesson;
    double until_ms;
  };
  std::vector<Entry> entries_;  // Oldest first.
};

}  // namespace onellm::gateway
