// An annotation of OpenAI's: which part of an answer's text rests on which place on the web.
// https://platform.openai.com/docs/api-reference/chat/object#chat-object-choices-message-annotations
#pragma once

#include <cstdint>
#include <string>

#include "json/raw.h"

namespace onellm::dialects {

struct UrlCitation {
  int64_t begin = 0;  // In characters (code points) of the answer's text;
  int64_t end = 0;    // and behind the last.
  json::RawString url = {};
  json::RawString title = {};
};

// How long one is at most, beside its texts.
inline constexpr size_t kBytesAroundUrlCitation = 120;

// Appends it to the elements of an array. One without a URL is left out, and so is what would take more
// than kAnnotationBytesMax.
void append_url_citation(const UrlCitation& citation, std::string& elements);

}  // namespace onellm::dialects
