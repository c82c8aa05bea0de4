// Sources of an answer's text that wait until they can be passed on.
//
// Rule: Together at most kAnnotationBytesMax; further ones are left out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "chat/event.h"

namespace onellm::dialects {

class SourceList {
 public:
  // Leaves out a source without a URL.
  void add(const chat::Citation& citation);
  // The same, but only if it does not wait already.
  void add_new(const chat::Citation& citation);

  // True if no source was added.
  [[nodiscard]] bool empty() const { return bytes_ == 0; }
  // Passes on a kCitation for each source that waits. They wait no longer.
  void hand_on(uint32_t choice, chat::EventSink& sink);

 private:
  struct Source {
    int64_t begin = 0;
    int64_t end = 0;
    std::string url;
    std::string title;
    [[nodiscard]] bool is(const chat::Citation& citation) const;
  };

  std::vector<Source> waiting_;
  size_t bytes_ = 0;  // Of all sources so far, as take_room() counts them.
};

}  // namespace onellm::dialects
