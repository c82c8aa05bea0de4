// Requests with two tools of one name. Claude and Gemini refuse them:
// https://github.com/danny-avila/LibreChat/issues/13162, https://github.com/promptfoo/promptfoo/pull/10982
//
// Rule: a tool that comes twice is sent once. Two different tools of one name are refused, since the name in a call
// would not say which one is meant.
#pragma once

#include "base/function_ref.h"
#include "base/result.h"
#include "chat/request.h"
#include "dialects/dialect.h"

namespace onellm::dialects {

// Calls `encode` with the request, without tools that come again. Custom, hosted and foreign tools are not looked at.
[[nodiscard]] Result<EncodedRequest> encode_without_repeated_tools(
    const chat::Request& request, FunctionRef<Result<EncodedRequest>(const chat::Request& request)> encode);

}  // namespace onellm::dialects
