// What a request of OpenAI's chat API loses on its way to a host of that API.
#pragma once

#include "chat/request.h"

namespace onellm::contract {

inline void lose_in_chat(chat::Request& request) {
  // The gateway asks for the usage of every stream, for its accounts; the client gets it only if it asked.
  if (request.stream) request.include_usage = true;
  // Clients may write a tool's result as Anthropic does; this API has no place for a failure.
  for (chat::Message& message : request.messages) message.is_error = false;
}

}  // namespace onellm::contract
