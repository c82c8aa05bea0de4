// Makes the blocks of a single message. conversation.h combines them.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "chat/request.h"
#include "dialects/anthropic_messages/request/draft.h"
#include "dialects/anthropic_messages/request/messages/conversation.h"

namespace onellm::dialects::anthropic_messages {

// A message and its place in the request.
struct MessagePlace {
  const chat::Message& message;
  size_t index;  // Index in `messages`.
};

// The texts, images and files of a message. Blank texts are left out: the API refuses them. `conversation` owns the
// media.
[[nodiscard]] std::vector<Block> content_blocks(MessagePlace place, Conversation& conversation, RequestDraft& draft);

// All blocks of an assistant message. `first_call` is the index of its first call in call_ids. If `thinks`, signed
// thinking is put back at its original place. Empty if the message has no content.
[[nodiscard]] std::vector<Block> assistant_blocks(MessagePlace place, size_t first_call, bool thinks,
                                                  Conversation& conversation, RequestDraft& draft);

// Sorts an assistant's turn as the API needs it: tool calls after texts, but never moved past a thinking block.
// Thinking blocks at the end are removed.
void put_in_order(std::vector<Block>& blocks);

}  // namespace onellm::dialects::anthropic_messages
