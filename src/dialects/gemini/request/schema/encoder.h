// Encodes a JSON Schema in the form that the model accepts: unchanged, or converted (converter.h).
#pragma once

#include <string>

#include "dialects/gemini/request/draft.h"

namespace onellm::dialects::gemini {

// Appends the schema to `out`. False, and nothing is appended, if it is empty or an object without properties: Gemini
// refuses the latter. `path` names the schema in errors.
[[nodiscard]] bool encode_schema(RequestDraft& draft, json::Raw schema, const std::string& path, std::string& out);

}  // namespace onellm::dialects::gemini
