#include "dialects/common/errors/words.h"

#include <algorithm>
#include <span>
#include <string>

#include "base/pattern.h"
#include "base/text.h"
#include "dialects/common/errors/known_words.h"

namespace onellm::dialects {

namespace {

using Meaning = ErrorMeaning;

constexpr size_t kMessageBytesRead = 1024;
constexpr std::string_view kContextPhrase = "maximum context length";

const KnownWord* find_word(std::string_view said) {
  if (said.empty()) return nullptr;
  const std::span<const KnownWord> words = known_words();
  const auto found =
      std::find_if(words.begin(), words.end(), [said](const KnownWord& row) { return row.text == said; });
  return found == words.end() ? nullptr : &*found;
}

Meaning meaning_of_words(const ErrorFields& fields) {
  for (const std::string& said : {fields.code, fields.type, fields.reason}) {
    if (const KnownWord* known = find_word(said)) return known->meaning;
  }
  return Meaning::kUnknown;
}

Meaning meaning_of_text(int status, std::string_view message) {
  const std::string low = ascii_lower(trim(message.substr(0, kMessageBytesRead)));
  for (const KnownText& row : known_texts()) {
    const bool is_status = row.status == 0 || row.status == status;
    if (is_status && fits_pattern(low, row.pattern)) return row.meaning;
  }
  return Meaning::kUnknown;
}

// Groq's 413 with OpenAI's words: one request is larger than the account's limit. A reached rate limit is a 429 and
// ends by itself.
bool is_account_limit(int status, const ErrorFields& fields) {
  return status == 413 && (fields.code == "rate_limit_exceeded" || fields.type == "tokens");
}

// True if the meaning is plausible with the status. A server error (5xx) or a rate limit (429) usually means something
// else. (llama.cpp and others report a conversation that is too long as a 500.)
bool is_possible(Meaning meaning, int status) {
  if (meaning == Meaning::kContextOverflow) return status != 429 && (status < 500 || status == 500);
  if (meaning == Meaning::kAccountLimit) return status == 413;
  return status < 500;
}

std::string_view code_of_meaning(Meaning meaning) {
  switch (meaning) {
    case Meaning::kUnknown: break;
    case Meaning::kWrongKey: return "invalid_api_key";
    case Meaning::kNoMoney: return "insufficient_quota";
    case Meaning::kModelMissing: return "model_not_found";
    case Meaning::kAccountLimit: return "rate_limit_exceeded";
    case Meaning::kContextOverflow: return "context_length_exceeded";
  }
  return {};
}

}  // namespace

ErrorMeaning meaning_of_error(int status, const ErrorFields& fields) {
  if (is_account_limit(status, fields)) return Meaning::kAccountLimit;
  const Meaning by_words = meaning_of_words(fields);
  const Meaning meaning = by_words != Meaning::kUnknown ? by_words : meaning_of_text(status, fields.message);
  return is_possible(meaning, status) ? meaning : Meaning::kUnknown;
}

int status_of_meaning(ErrorMeaning meaning) {
  switch (meaning) {
    case Meaning::kUnknown: break;
    case Meaning::kWrongKey: return 401;
    case Meaning::kNoMoney: return 429;
    case Meaning::kModelMissing: return 404;
    case Meaning::kAccountLimit: return 413;
    case Meaning::kContextOverflow: return 400;
  }
  return 0;
}

void say_in_openai_words(ErrorMeaning meaning, const ErrorFields& fields, Error& error) {
  if (meaning == Meaning::kUnknown) return;
  const KnownWord* own = find_word(fields.code);
  const bool stays = own != nullptr && own->stays && own->meaning == meaning;
  error.code = stays ? fields.code : std::string(code_of_meaning(meaning));
  if (meaning != Meaning::kContextOverflow) return;
  if (error.status >= 500) error.status = status_of_meaning(meaning);
  if (error.message.find(kContextPhrase) != std::string::npos) return;
  error.message.append(" (This is more than the model's ").append(kContextPhrase).append(".)");
}

}  // namespace onellm::dialects
