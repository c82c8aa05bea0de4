// Finds which part of a request the provider refused, so that the call can be retried without it. The known wordings
// are one table in refused_part.cpp, each row with its source.
//
// Rule: A provider may quote the client's text. So only two things count: an error code, or a message that begins
// with words of the table. An error about a value (out of range, wrong type) does not mean that the parameter is
// unsupported.
#pragma once

#include "base/error.h"
#include "dialects/common/errors/fields.h"

namespace onellm::dialects {

[[nodiscard]] RefusedPart read_refused_part(const ErrorFields& fields);

}  // namespace onellm::dialects
