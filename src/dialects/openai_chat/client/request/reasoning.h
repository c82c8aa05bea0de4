// What an assistant's message says of how it was reasoned, in members that clients echo although OpenAI's
// API does not have them: `reasoning_content` or `reasoning`, `reasoning_details` of OpenRouter,
// `thinking_blocks`, `channel` of Groq, and `extra_content` with the signature of Google's own
// OpenAI-compatible endpoint. And which members stand beside the text: `images`, `content_parts` …
//
// Nothing here is ever wrong: what has another shape than expected is passed on as an unknown member.
#pragma once

#include <string_view>

#include "chat/request.h"
#include "json/reader.h"

namespace onellm::dialects::openai_chat {

inline constexpr std::string_view kThinkingBlocks = "thinking_blocks";
inline constexpr std::string_view kExtraContent = "extra_content";

// Which of the members that clients echo it is; 0: none of them.
[[nodiscard]] chat::EchoSet echoed_member(json::RawString key);

// `{"google":{"thought_signature":"…"}}` of a message or of a call; empty where it holds none. `parts`, if it is
// not null, gets the array of that name beside it.
[[nodiscard]] json::RawString decode_signature(json::Value& extra_content, json::Raw* parts = nullptr);

// An array of blocks as our own replies have them. Items of other types are left out. A block that comes
// twice, since a client joined what it should have replaced, counts once.
[[nodiscard]] std::vector<chat::ThinkingBlock> decode_thinking_blocks(json::Value& value);

}  // namespace onellm::dialects::openai_chat
