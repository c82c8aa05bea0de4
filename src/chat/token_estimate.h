// Estimates how many tokens a text or a request has, without a tokenizer. The tables of a tokenizer are larger than the
// whole module, and each provider has its own.
//
// One pass over the bytes cuts the text into runs: letters, digits, punctuation, white space, characters of other
// scripts. Each kind of run has a cost, fitted to the tokenizer o200k_base.
//
// Rule: it errs high, because a client that is told too little sends a prompt that does not fit. For English, German,
// Chinese, C++, JSON, digits and base64 the result is 0.95 to 1.5 of the true count (tests/repo/token_estimate.test.mjs
// compares it with the tokenizer).
#pragma once

#include <cstdint>
#include <string_view>

#include "chat/request.h"
#include "json/raw.h"

namespace onellm::chat {

// Plain UTF-8. 0 only for an empty text.
[[nodiscard]] int64_t estimate_tokens(std::string_view text);
// The inside of a JSON string: escapes count as the characters that they stand for.
[[nodiscard]] int64_t estimate_tokens(json::RawString text);

// The prompt of a request: messages, tools and schemas, with what their frames, pictures and documents cost.
[[nodiscard]] int64_t estimate_tokens(const Request& request);

}  // namespace onellm::chat
