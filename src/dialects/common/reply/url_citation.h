// OpenAI's `url_citation` annotation: which part of an answer's text comes from which web page.
// https://platform.openai.com/docs/api-reference/chat/object#chat-object-choices-message-annotations
#pragma once

#include <cstdint>
#include <string>

#include "json/raw.h"

namespace onellm::dialects {

struct UrlCitation {
  int64_t begin = 0;  // First character (code point) in the answer's text.
  int64_t end = 0;    // The character after the last.
  json::RawString url = {};
  json::RawString title = {};
};

// The most bytes that a written citation takes besides its URL and title.
inline constexpr size_t kBytesAroundUrlCitation = 120;

// Appends the citation to the elements of a JSON array. Leaves it out if it has no URL, or if `elements` would exceed
// kAnnotationBytesMax.
void append_url_citation(const UrlCitation& citation, std::string& elements);

}  // namespace onellm::dialects
