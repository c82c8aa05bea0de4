// Encodes a JSON Schema as the model takes it: as it is, or converted to the subset of OpenAPI's.
#pragma once

#include <string>

#include "dialects/gemini/request/draft.h"

namespace onellm::dialects::gemini {

// Appends the schema to `out`. False, and nothing is appended, if it says nothing: Gemini refuses an
// object without properties. `path` leads to it, for complaints.
[[nodiscard]] bool encode_schema(RequestDraft& draft, json::Raw schema, const std::string& path, std::string& out);

}  // namespace onellm::dialects::gemini
