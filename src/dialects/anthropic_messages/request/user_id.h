// Whether metadata.user_id may say this: the API refuses what names a person, "appears to contain an email address".
// https://docs.claude.com/en/api/messages#body-metadata-user-id
#pragma once

#include "json/raw.h"

namespace onellm::dialects::anthropic_messages {

// False of a text with an e-mail address in it, of a telephone number, and of one that is too long.
[[nodiscard]] bool is_user_id_taken(json::RawString id);

}  // namespace onellm::dialects::anthropic_messages
