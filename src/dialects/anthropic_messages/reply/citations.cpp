#include "dialects/anthropic_messages/reply/citations.h"

#include <algorithm>

#include "base/limits.h"
#include "dialects/common/reply/citation_limit.h"

namespace onellm::dialects::anthropic_messages {

void Citations::open(int64_t start) { start_ = start; }

void Citations::add(const Citation& citation) {
  if (citation.url.empty()) return;
  const auto is_it = [&](const Source& source) {
    return source.url == citation.url.text && source.title == citation.title.text;
  };
  if (std::any_of(sources_.begin() + static_cast<std::ptrdiff_t>(closed_), sources_.end(), is_it)) return;
  const chat::Citation cited{.url = citation.url, .title = citation.title};
  if (!take_room(cited, bytes_)) return;
  Source& source = sources_.emplace_back();
  source.url = citation.url.text;
  source.title = citation.title.text;
  const size_t more_bytes = citation.quote.text.size() + citation.reference.text.size();
  if (more_bytes_ + more_bytes > kAnnotationBytesMax) return;
  more_bytes_ += more_bytes;
  source.quote = citation.quote.text;
  source.reference = citation.reference.text;
}

void Citations::close(int64_t end) {
  for (; closed_ < sources_.size(); ++closed_) {
    sources_[closed_].begin = start_;
    sources_[closed_].end = end;
  }
  start_ = end;
}

bool Citations::hand_on(chat::EventSink& sink) {
  for (size_t at = 0; at < closed_; ++at) {
    const Source& source = sources_[at];
    chat::EventDetails details;
    details.citation = {.begin = source.begin,
                        .end = source.end,
                        .url = {source.url},
                        .title = {source.title},
                        .quote = {source.quote},
                        .reference = {source.reference}};
    sink.take({.kind = chat::EventKind::kCitation, .details = &details});
  }
  sources_.erase(sources_.begin(), sources_.begin() + static_cast<std::ptrdiff_t>(closed_));
  closed_ = 0;
  return bytes_ > 0;
}

}  // namespace onellm::dialects::anthropic_messages
