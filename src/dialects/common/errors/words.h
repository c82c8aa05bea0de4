// Finds the meaning of an error from its words: for example the account is empty, the model is missing, or the
// conversation is too long. The known words are the tables of errors/known_words.h.
//
// Rule: A provider may quote the client's text. So a text that moves a request to another target must match from its
// first word on. A text in the middle of a message may only change the code.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/error.h"
#include "dialects/common/errors/fields.h"

namespace onellm::dialects {

enum class ErrorMeaning : uint8_t {
  kUnknown,
  kWrongKey,         // The gateway's key for the provider was refused.
  kNoMoney,          // The account is empty or reached its spending limit.
  kModelMissing,     // Unknown, removed, or not available to this account.
  kAccountLimit,     // One request is larger than this account may ever send; another account may accept it.
  kContextOverflow,  // The conversation is longer than the model can read.
};

// `status`: the provider's status. 0 or below 400: the status says nothing about the error.
[[nodiscard]] ErrorMeaning meaning_of_error(int status, const ErrorFields& fields);

// The status for a meaning if the provider sent none; 0: the meaning is unknown.
[[nodiscard]] int status_of_meaning(ErrorMeaning meaning);

// Puts OpenAI's words for the meaning into `error`: the code, and, if the conversation is too long, the phrase that
// clients search for. `fields` is the provider's error; its code is kept if clients know it.
void say_in_openai_words(ErrorMeaning meaning, const ErrorFields& fields, Error& error);

}  // namespace onellm::dialects
