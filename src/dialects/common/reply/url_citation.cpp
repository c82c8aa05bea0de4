#include "dialects/common/reply/url_citation.h"

#include "base/limits.h"
#include "json/writer.h"

namespace onellm::dialects {

void append_url_citation(const UrlCitation& citation, std::string& elements) {
  if (citation.url.empty()) return;
  const size_t bytes = citation.url.text.size() + citation.title.text.size() + kBytesAroundUrlCitation;
  if (elements.size() + bytes > kAnnotationBytesMax) return;
  if (!elements.empty()) elements += ',';
  json::ObjectWriter annotation(elements);
  annotation.add("type", json::RawString{"url_citation"});
  json::ObjectWriter place(annotation.begin("url_citation"));
  place.add("start_index", citation.begin);
  place.add("end_index", citation.end);
  place.add("url", citation.url);
  place.add("title", citation.title);
}

}  // namespace onellm::dialects
