// Who answers: the first members of a message, in streams and whole replies.
#pragma once

#include <string>

#include "dialects/client_dialect.h"
#include "json/writer.h"

namespace onellm::dialects::anthropic_messages {

// Adds id, type, role and model. `id` and `model` are the insides of JSON strings: what the provider said, or empty.
void add_identity(json::ObjectWriter& message, const ReplyMeta& meta, std::string_view id, std::string_view model);

// Unique for each answer, for the ids of tool calls.
[[nodiscard]] std::string call_id_seed(const ReplyMeta& meta);

}  // namespace onellm::dialects::anthropic_messages
