// Reads the sources of an answer.
// https://ai.google.dev/api/generate-content#GroundingMetadata
#pragma once

#include <cstdint>

#include "base/function_ref.h"
#include "dialects/common/reply/source_list.h"
#include "dialects/gemini/reply/annotations/text_map.h"
#include "json/raw.h"

namespace onellm::dialects::gemini {

// Returns where a part of the answer begins in the joined text, in bytes.
using PartBegin = FunctionRef<int64_t(int64_t part_index)>;

// Sources without a place in the text are left out.
[[nodiscard]] SourceList sources_of_grounding(json::Raw grounding_metadata, const TextMap& text, PartBegin begin);
// Adds the new ones to those that are known.
void add_sources_of_citations(json::Raw citation_metadata, const TextMap& text, SourceList& known);

}  // namespace onellm::dialects::gemini
