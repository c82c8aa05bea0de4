#include "dialects/common/reply/citation_limit.h"

#include <cstdint>

#include "base/limits.h"

namespace onellm::dialects {

namespace {

constexpr size_t kBytesOfKeys = 88;  // Keys, quotes and brackets of a `url_citation`.

size_t digits_of(int64_t number) {
  size_t digits = 1;
  for (; number >= 10; number /= 10) ++digits;
  return digits;
}

}  // namespace

bool take_room(const chat::Citation& citation, size_t& bytes) {
  if (citation.url.empty()) return false;
  const size_t texts = citation.url.text.size() + citation.title.text.size();
  if (bytes + texts + kBytesAroundCitation > kAnnotationBytesMax) return false;
  if (bytes > 0) ++bytes;  // The comma.
  bytes += texts + kBytesOfKeys + digits_of(citation.begin) + digits_of(citation.end);
  return true;
}

}  // namespace onellm::dialects
