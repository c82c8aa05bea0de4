// Converts the sources of an answer to OpenAI's annotations.
// https://ai.google.dev/api/generate-content#GroundingMetadata
// https://platform.openai.com/docs/api-reference/chat/object
#pragma once

#include <cstdint>
#include <string>

#include "base/function_ref.h"
#include "dialects/gemini/reply/annotations/text_map.h"
#include "json/raw.h"

namespace onellm::dialects::gemini {

// Returns where a part of the answer begins in the joined text, in bytes.
using PartBegin = FunctionRef<int64_t(int64_t part_index)>;

// Both return elements of `annotations`, joined with ','. Sources without a URL or without a place in the text are left
// out, and so are elements past kAnnotationBytesMax. Citations are added to those in `known`, each once.
[[nodiscard]] std::string annotations_of_grounding(json::Raw grounding_metadata, const TextMap& text, PartBegin begin);
[[nodiscard]] std::string annotations_of_citations(json::Raw citation_metadata, const TextMap& text,
                                                   std::string known = {});

}  // namespace onellm::dialects::gemini
