#include "dialects/common/reply/source_list.h"

#include <algorithm>

#include "dialects/common/reply/citation_limit.h"

namespace onellm::dialects {

bool SourceList::Source::is(const chat::Citation& citation) const {
  return begin == citation.begin && end == citation.end && url == citation.url.text && title == citation.title.text;
}

void SourceList::add(const chat::Citation& citation) {
  if (!take_room(citation, bytes_)) return;
  Source& source = waiting_.emplace_back();
  source.begin = citation.begin;
  source.end = citation.end;
  source.url = citation.url.text;
  source.title = citation.title.text;
}

void SourceList::add_new(const chat::Citation& citation) {
  const auto is_it = [&citation](const Source& source) { return source.is(citation); };
  if (std::none_of(waiting_.begin(), waiting_.end(), is_it)) add(citation);
}

void SourceList::hand_on(uint32_t choice, chat::EventSink& sink) {
  for (const Source& source : waiting_) {
    chat::EventDetails details;
    details.citation = {.begin = source.begin, .end = source.end, .url = {source.url}, .title = {source.title}};
    sink.take({.kind = chat::EventKind::kCitation, .choice = choice, .details = &details});
  }
  waiting_.clear();
}

}  // namespace onellm::dialects
