// How this API words its complaints: `messages.0.content.1.text: Field required`.
#pragma once

#include "dialects/common/client/field_reader.h"

namespace onellm::dialects::anthropic_messages {

inline constexpr FieldReader::Words kFieldWords{
    .has_brackets = false, .after_path = ": ", .required = "Field required"};

}  // namespace onellm::dialects::anthropic_messages
