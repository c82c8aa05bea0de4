// The rules of OpenAI for a JSON Schema that the model must follow exactly (`strict`).
// https://platform.openai.com/docs/guides/structured-outputs#supported-schemas
#pragma once

#include "json/raw.h"

namespace onellm::dialects {

// True if OpenAI takes the schema with `strict`: all objects are closed, all their properties are required, and there
// are only keywords that it supports. False when in doubt: then the schema is only a strong hint.
[[nodiscard]] bool may_be_strict(json::Raw schema);

}  // namespace onellm::dialects
