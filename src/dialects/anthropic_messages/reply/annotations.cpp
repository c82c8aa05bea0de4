#include "dialects/anthropic_messages/reply/annotations.h"

#include <algorithm>

#include "base/limits.h"
#include "dialects/common/reply/url_citation.h"

namespace onellm::dialects::anthropic_messages {

void Annotations::open(int64_t start) { start_ = start; }

void Annotations::add(json::RawString url, json::RawString title) {
  if (url.empty() || full_) return;
  const auto is_it = [&](const Source& source) { return source.url == url.text && source.title == title.text; };
  if (std::any_of(waiting_.begin(), waiting_.end(), is_it)) return;
  waiting_bytes_ += url.text.size() + title.text.size() + kBytesAroundUrlCitation;
  full_ = written_.size() + waiting_bytes_ > kAnnotationBytesMax;
  if (full_) {
    waiting_ = {};
    std::string().swap(written_);
  } else {
    waiting_.push_back({std::string(url.text), std::string(title.text)});
  }
}

void Annotations::close(int64_t end) {
  for (const Source& source : waiting_) {
    append_url_citation({.begin = start_, .end = end, .url = {source.url}, .title = {source.title}}, written_);
  }
  waiting_.clear();
  waiting_bytes_ = 0;
  start_ = end;
}

std::string Annotations::array() const { return written_.empty() ? std::string() : "[" + written_ + "]"; }

}  // namespace onellm::dialects::anthropic_messages
