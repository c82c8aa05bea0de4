// Makes the request that continues a turn which Claude paused between steps of the provider's own tools. It is the
// first request again, with the content so far as the last turn.
// https://docs.claude.com/en/api/handling-stop-reasons#pause-turn
#pragma once

#include <optional>

#include "chat/event.h"
#include "dialects/dialect.h"

namespace onellm::dialects::anthropic_messages {

// The result views `request`, which must outlive it. Empty if the body of `request` does not end with its messages.
[[nodiscard]] std::optional<EncodedRequest> continue_request(const EncodedRequest& request,
                                                             const chat::UnfinishedTurn& turn);

}  // namespace onellm::dialects::anthropic_messages
