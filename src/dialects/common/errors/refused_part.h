// What of a request a provider says that it does not take, so that the call can be made once more without it. The
// words are data: refused_part.cpp has one table of them, each row with its source.
//
// Rule: A provider may quote what the client wrote. So what counts is a code, or a message
// that begins with words of the table and has the name among them. That a value is out of range or of a wrong type
// says nothing of the parameter.
#pragma once

#include "base/error.h"
#include "dialects/common/errors/fields.h"

namespace onellm::dialects {

[[nodiscard]] RefusedPart read_refused_part(const ErrorFields& fields);

}  // namespace onellm::dialects
