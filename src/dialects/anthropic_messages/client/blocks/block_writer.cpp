#include "dialects/anthropic_messages/client/blocks/block_writer.h"

#include "json/writer.h"

namespace onellm::dialects::anthropic_messages {

void append_citation(const chat::Citation& citation, std::string& out) {
  json::ObjectWriter object(out);
  object.add("type", json::RawString{"web_search_result_location"});
  object.add("url", citation.url);
  if (citation.title.empty()) {
    object.add_null("title");
  } else {
    object.add("title", citation.title);
  }
  object.add("cited_text", citation.quote);
  object.add("encrypted_index", citation.reference);
}

}  // namespace onellm::dialects::anthropic_messages
