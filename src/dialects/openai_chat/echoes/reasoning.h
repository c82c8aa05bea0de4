// Reads the reasoning in an assistant's message. Clients echo it (send it back) in members that OpenAI's API does not
// have: `reasoning_content` or `reasoning`, OpenRouter's `reasoning_details`, `thinking_blocks`, Groq's `channel`, and
// `extra_content` with the signature of Google's OpenAI-compatible endpoint. Also finds other echoed members:
// `images`, `content_parts` …
//
// Rule: Nothing here is an error. A member of unexpected shape is passed on as an unknown member.
#pragma once

#include <string_view>

#include "chat/request.h"
#include "dialects/openai_chat/echoes/echoes.h"
#include "json/reader.h"

namespace onellm::dialects::openai_chat {

inline constexpr std::string_view kThinkingBlocks = "thinking_blocks";
inline constexpr std::string_view kExtraContent = "extra_content";

// The bit of the echoed member with that key; 0: it is not one of them.
[[nodiscard]] EchoSet echoed_member(json::RawString key);

// The signature in `{"google":{"thought_signature":"…"}}` of a message or a call; empty if there is none. If `parts` is
// not null, it gets the array `parts` beside the signature.
[[nodiscard]] json::RawString decode_signature(json::Value& extra_content, json::Raw* parts = nullptr);

// Reads an array of thinking blocks in the form of our own replies. Elements of other types are left out. A block that
// comes twice counts once: some clients append a block that they should have replaced.
[[nodiscard]] std::vector<chat::ThinkingBlock> decode_thinking_blocks(json::Value& value);

}  // namespace onellm::dialects::openai_chat
