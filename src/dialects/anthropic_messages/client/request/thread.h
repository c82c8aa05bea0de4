// A thread: a conversation that the server keeps between requests, so that a client sends only what is new. The gateway
// keeps none, and only Anthropic has one.
//
// A request that begins a thread has the whole conversation: without `thread` its answer is the same. One that
// continues a thread has not, so another provider cannot answer it. The error has the code on which clients send the
// whole conversation again. https://docs.claude.com/en/api/messages
#pragma once

#include <optional>

#include "base/error.h"
#include "json/raw.h"

namespace onellm::dialects::anthropic_messages {

// The error of other providers for this value of `thread`; nullopt: it can be left out.
[[nodiscard]] std::optional<Error> refusal_of_thread(json::Raw thread);

}  // namespace onellm::dialects::anthropic_messages
