// The words by which providers say what an error means. Two tables: exact codes, and patterns of messages.
//
// Rule: each row has a source: the provider's page, or a report that quotes the words.
#pragma once

#include <span>
#include <string_view>

#include "dialects/common/errors/words.h"

namespace onellm::dialects {

// A code, a type or a google.rpc reason, compared exactly.
struct KnownWord {
  std::string_view text;
  ErrorMeaning meaning;
  bool stays = false;  // Keep it as the code: clients and gateway/upstream/retry_policy.cpp know it.
};

// A message in lower case. `*` matches anything, `?` matches one byte.
struct KnownText {
  std::string_view pattern;
  ErrorMeaning meaning;
  int status = 0;  // The row counts only with this status; 0: with any.
};

[[nodiscard]] std::span<const KnownWord> known_words();
// The first row that fits counts.
[[nodiscard]] std::span<const KnownText> known_texts();

}  // namespace onellm::dialects
