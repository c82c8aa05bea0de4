// What hosts mean by the words of an error, whatever its status: the account is empty, the model is missing, the
// conversation is too long. The words are data: errors/words.cpp has one table of them, each row with its source.
//
// Rule: A provider may quote what the client wrote. So a text that moves a request to
// another target is recognised from its first word on, and a text in the middle only where nothing follows from it
// but a code.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/error.h"
#include "dialects/common/errors/fields.h"

namespace onellm::dialects {

enum class ErrorMeaning : uint8_t {
  kUnknown,
  kWrongKey,         // Of the gateway.
  kNoMoney,          // The account has none left, or has spent what it may.
  kModelMissing,     // Not there, gone, or not for this account.
  kAccountLimit,     // One request is larger than this account may send at all; another account may take it.
  kContextOverflow,  // The conversation is longer than the model can read.
};

// `status`: what the provider answered; 0 or below 400: its status says nothing of it.
[[nodiscard]] ErrorMeaning meaning_of_error(int status, const ErrorFields& fields);

// The status that goes with a meaning where the provider gave none; 0: the meaning is unknown.
[[nodiscard]] int status_of_meaning(ErrorMeaning meaning);

// Puts OpenAI's words for it into `error`: the code, and of a conversation that is too long the phrase that clients
// look for. `fields` is what the provider said; a code of it that clients know stays.
void say_in_openai_words(ErrorMeaning meaning, const ErrorFields& fields, Error& error);

}  // namespace onellm::dialects
