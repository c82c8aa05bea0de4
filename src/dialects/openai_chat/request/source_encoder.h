// Encodes a request for one host by editing the text that it was decoded from.
#pragma once

#include <string_view>

#include "base/result.h"
#include "chat/request.h"
#include "dialects/common/request/drops.h"
#include "dialects/dialect.h"

namespace onellm::dialects::openai_chat {

// What was done before to the text of the request.
struct Composing {
  Drops drops = {};
  std::string_view effort_said_by = {};  // Report a dropped reasoning_effort under this name; empty: under its own.
};

// Requires that the source is in this dialect. The result holds views into it.
[[nodiscard]] Result<EncodedRequest> encode_source(const chat::Request& request, const EncodeOptions& options,
                                                   Composing composing = {});

// The value of `stream_options` in the source, unless it is null; empty: none.
[[nodiscard]] std::string_view stream_options_of(const chat::Request& request);

}  // namespace onellm::dialects::openai_chat
