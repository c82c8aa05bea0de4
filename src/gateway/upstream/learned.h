// What providers refused of requests that they took without it: what a request learns for those after it, for an hour
// and as long as the instance lives.
//
// Rule: A lesson is of one model at one provider, and of one parameter. Where it was a value
// that was refused, the lesson is of that value alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "providers/provider.h"

namespace onellm::routing {

struct Lesson {
  std::string place;      // See place_of().
  std::string model;      // The provider's own name.
  std::string parameter;  // The member of the client's request, or what the gateway sends unasked.
  std::string value;      // As it was sent; empty: whatever it is.
};

// How a lesson knows a provider: settings may be read again, so it is not by address.
[[nodiscard]] std::string place_of(const providers::Provider& provider);

class Learned {
 public:
  // Of kLessonsMax the oldest goes. What is longer than kLessonBytesMax is not remembered.
  void remember(Lesson lesson, double now_ms);

  // All that is known of a model there.
  [[nodiscard]] std::vector<const Lesson*> of(std::string_view place, std::string_view model, double now_ms) const;

  [[nodiscard]] bool empty() const { return entries_.empty(); }

 private:
  struct Entry {
    Lesson lesson;
    double until_ms;
  };
  std::vector<Entry> entries_;  // The oldest first.
};

}  // namespace onellm::routing
