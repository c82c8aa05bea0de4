// Decodes one page of Anthropic's list of models.
// https://docs.claude.com/en/api/models-list
#pragma once

#include <string_view>

#include "dialects/dialect.h"

namespace onellm::dialects::anthropic_messages {

// `{"data":[{"id","created_at"?}…],"has_more"?,"last_id"?}`. Entries without an id are left out. Invalid JSON or
// another shape gives an empty page.
[[nodiscard]] ModelPage decode_model_list(std::string_view body);

}  // namespace onellm::dialects::anthropic_messages
