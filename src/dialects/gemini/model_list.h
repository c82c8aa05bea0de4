// Decodes one page of Google's list of models, the same for Gemini and PaLM.
// https://ai.google.dev/api/models#method:-models.list
#pragma once

#include <string_view>

#include "base/function_ref.h"
#include "dialects/dialect.h"

namespace onellm::dialects::gemini {

// `{"models":[{"name":"models/x","supportedGenerationMethods":[…]}],"nextPageToken"?}`. A model is kept if `serves` is
// true for one of its methods. Another shape gives an empty page.
[[nodiscard]] ModelPage decode_model_list(std::string_view body, FunctionRef<bool(std::string_view method)> serves);

}  // namespace onellm::dialects::gemini
