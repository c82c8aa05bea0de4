// The blocks of a single message, as far as they do not depend on the messages around it.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "chat/request.h"
#include "dialects/anthropic_messages/request/draft.h"
#include "dialects/anthropic_messages/request/messages/conversation.h"

namespace onellm::dialects::anthropic_messages {

// What a message is read for.
struct MessagePlace {
  const chat::Message& message;
  size_t index;  // In the request.
};

// The texts, images and files of a message, without blank texts, which the API refuses. `conversation`
// keeps the media.
[[nodiscard]] std::vector<Block> content_blocks(MessagePlace place, Conversation& conversation, RequestDraft& draft);

// The mark of the cache that `cache_control` asks for: as the client wrote it for this API, or the plain one.
[[nodiscard]] json::Raw cache_mark(json::Raw cache_control);

// All of a message of the assistant. Its calls get the ids from `first_call` on. Where `thinks`, its signed
// blocks stand where they stood. Empty if it says nothing.
[[nodiscard]] std::vector<Block> assistant_blocks(MessagePlace place, size_t first_call, bool thinks,
                                                  Conversation& conversation, RequestDraft& draft);

// Puts a whole turn of the assistant in the order that the API takes: calls of tools behind the texts, but
// never past a block of thinking, and no thinking at the end, which nothing came of.
void put_in_order(std::vector<Block>& blocks);

}  // namespace onellm::dialects::anthropic_messages
