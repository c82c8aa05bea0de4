// The request that goes on with a turn that Claude paused in the middle of its own tools: the same once more, with
// what it said so far as the last turn.
// https://docs.claude.com/en/api/handling-stop-reasons#pause-turn
#pragma once

#include <optional>

#include "chat/event.h"
#include "dialects/dialect.h"

namespace onellm::dialects::anthropic_messages {

// Views `request`, which must outlive it. Nothing where its body does not end with its messages.
[[nodiscard]] std::optional<EncodedRequest> continue_request(const EncodedRequest& request,
                                                             const chat::UnfinishedTurn& turn);

}  // namespace onellm::dialects::anthropic_messages
