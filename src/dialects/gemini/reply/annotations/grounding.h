// What an answer rests on, as OpenAI's annotations.
// https://ai.google.dev/api/generate-content#GroundingMetadata
// https://platform.openai.com/docs/api-reference/chat/object
#pragma once

#include <cstdint>
#include <string>

#include "base/function_ref.h"
#include "dialects/gemini/reply/annotations/text_map.h"
#include "json/raw.h"

namespace onellm::dialects::gemini {

// Where a part of the answer begins in its joined text, in bytes.
using PartBegin = FunctionRef<int64_t(int64_t part_index)>;

// Elements of `annotations`, joined with ','. A source without a URL, or for no part of the text, gives
// none. What would grow past kAnnotationBytesMax is left out. Citations are added to those `known`, each once.
[[nodiscard]] std::string annotations_of_grounding(json::Raw grounding_metadata, const TextMap& text, PartBegin begin);
[[nodiscard]] std::string annotations_of_citations(json::Raw citation_metadata, const TextMap& text,
                                                   std::string known = {});

}  // namespace onellm::dialects::gemini
