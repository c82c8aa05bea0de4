// Checks values of metadata.user_id. The API refuses personal data ("appears to contain an email address").
// https://docs.claude.com/en/api/messages#body-metadata-user-id
#pragma once

#include "json/raw.h"

namespace onellm::dialects::anthropic_messages {

// False if the text contains an e-mail address, is a telephone number, or is too long.
[[nodiscard]] bool is_user_id_taken(json::RawString id);

}  // namespace onellm::dialects::anthropic_messages
