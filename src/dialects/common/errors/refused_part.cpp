#include "dialects/common/errors/refused_part.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/text.h"

namespace onellm::dialects {

namespace {

using Kind = RefusedKind;

constexpr size_t kMessageBytesRead = 1024;
constexpr size_t kNameBytesMax = 64;

// The beginning of a message, in lower case. `@` matches the parameter's name, `*` matches one word.
struct Beginning {
  std::string_view pattern;
  Kind kind;
  std::string_view name = {};  // The parameter's name, for patterns without `@`.
};

constexpr Beginning kBeginnings[] = {
    // https://platform.openai.com/docs/guides/error-codes, https://platform.openai.com/docs/guides/reasoning; Azure too
    {"unsupported parameter: '@' is not supported", Kind::kParameter},
    {"unsupported parameter: '@'.", Kind::kParameter},
    {"unsupported parameter: @.", Kind::kParameter},
    {"unsupported value: '@' does not support", Kind::kValue},
    {"unrecognized request argument supplied: @", Kind::kParameter},
    {"unrecognized request arguments supplied: @", Kind::kParameter},
    {"unknown parameter: '@'", Kind::kParameter},
    {"invalid parameter: '@' is not supported", Kind::kParameter},
    {"'@' is not supported with this model", Kind::kParameter},
    {"'@' is not supported by this model", Kind::kParameter},
    {"'@' is not supported for this model", Kind::kParameter},
    {"the parameter '@' is not supported", Kind::kParameter},
    {"the '@' parameter is not supported", Kind::kParameter},
    {"parameter '@' is not supported", Kind::kParameter},
    {"parameter `@` is not supported", Kind::kParameter},
    {"parameter @ is not supported", Kind::kParameter},
    {"@ is not supported with this model", Kind::kParameter},
    {"@ is not supported by this model", Kind::kParameter},
    {"@ is not supported for this model", Kind::kParameter},
    // https://platform.openai.com/docs/guides/reasoning#encrypted-reasoning-items
    {"encrypted content is not supported with this model", Kind::kParameter, "include"},
    // https://docs.claude.com/en/docs/about-claude/models/migrating-to-claude-4, …/api/errors
    {"`@` is not supported for this model", Kind::kParameter},
    {"`@` is not supported on this model", Kind::kParameter},
    {"`@` is deprecated for this model", Kind::kParameter},
    {"@ is deprecated for this model", Kind::kParameter},
    {"this model does not support the `@` parameter", Kind::kParameter},
    {"this model does not support the @ parameter", Kind::kParameter},
    // Pydantic's words: Claude's API, Fireworks, and other hosts written in Python.
    // https://docs.pydantic.dev/latest/errors/validation_errors/#extra_forbidden
    {"@: extra inputs are not permitted", Kind::kParameter},
    {"extra inputs are not permitted, field: '@'", Kind::kParameter},
    // https://ai.google.dev/gemini-api/docs/troubleshooting, https://cloud.google.com/apis/design/errors
    {"invalid json payload received. unknown name \"@\"", Kind::kParameter},
    {"@ is not enabled for ", Kind::kParameter},
    {"thinking level is not supported for this model", Kind::kParameter, "thinkingLevel"},
    {"thinking budget is not supported for this model", Kind::kParameter, "thinkingBudget"},
    // https://console.groq.com/docs/openai, https://console.groq.com/docs/errors
    {"property '@' is unsupported", Kind::kParameter},
    {"'@' : property '@' is unsupported", Kind::kParameter},
    {"`@` is not supported with this model", Kind::kParameter},
    {"`@` is not supported by this model", Kind::kParameter},
    // https://docs.x.ai/docs/guides/reasoning
    {"argument not supported on this model: @", Kind::kParameter},
    {"model * does not support parameter @", Kind::kParameter},
    // https://docs.litellm.ai/docs/completion/drop_params
    {"litellm.unsupportedparamserror: * does not support parameters: ['@'", Kind::kParameter},

    // https://docs.claude.com/en/docs/build-with-claude/structured-outputs#schema-complexity-limits
    {"schema is too complex", Kind::kSchemas},
    {"schemas are too complex", Kind::kSchemas},
    {"tool schemas are too complex", Kind::kSchemas},
    {"the compiled grammar is too large", Kind::kSchemas},
    {"compiled grammar is too large", Kind::kSchemas},
    {"grammar compilation timed out", Kind::kSchemas},
    {"schemas contains too many ", Kind::kSchemas},
    {"schemas contain too many ", Kind::kSchemas},
    {"too many strict tools", Kind::kSchemas},

    // https://docs.claude.com/en/docs/build-with-claude/extended-thinking#preserving-thinking-blocks
    {"invalid `signature` in `thinking` block", Kind::kThoughts},
    {"invalid signature in thinking block", Kind::kThoughts},
    {"invalid `data` in `redacted_thinking` block", Kind::kThoughts},
    {"`thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified", Kind::kThoughts},
    {"`thinking` blocks cannot be modified", Kind::kThoughts},
    {"`thinking` block is bound to ", Kind::kThoughts},
    {"the block is bound to ", Kind::kThoughts},
    {"thinking block is bound to ", Kind::kThoughts},
    {"thinking blocks are bound to ", Kind::kThoughts},
    // https://ai.google.dev/gemini-api/docs/thought-signatures
    {"thought signature is not valid", Kind::kThoughts},
    {"invalid thought signature", Kind::kThoughts},
    {"corrupted thought signature", Kind::kThoughts},
    // https://platform.openai.com/docs/guides/reasoning#encrypted-reasoning-items
    {"the encrypted content for item ", Kind::kThoughts},
    {"the encrypted content could not be ", Kind::kThoughts},
};

// Error codes, compared exactly. The error's `param` names the parameter.
struct Code {
  std::string_view text;
  Kind kind;
};
constexpr Code kCodes[] = {
    // https://platform.openai.com/docs/guides/error-codes
    {"unsupported_parameter", Kind::kParameter},
    {"unsupported_value", Kind::kValue},
    {"invalid_encrypted_content", Kind::kThoughts},
};

// Words which say that only the value is wrong: the parameter is supported, so it must not be left out.
constexpr std::string_view kOfRange[] = {"must be",  "should be", "between",      "less than", "greater than",
                                         "at least", "at most",   "out of range", "expected ", "invalid type"};

// Words which say that the refusal depends on other parameters.
constexpr std::string_view kOfCondition[] = {" when ",   " if ",           " unless ",         " while ",
                                             "together", "in combination", "at the same time", "alongside"};

bool is_of_name(char c) { return is_letter_or_digit(c) || c == '_' || c == '.'; }

bool is_of_word(char c) { return c > ' ' && c != '\'' && c != '"' && c != '`'; }

// The end of the run of bytes, from `at` on, for which `is` holds.
template <typename Is>
size_t end_of_run(std::string_view text, size_t at, Is is) {
  while (at < text.size() && is(text[at])) ++at;
  return at;
}

struct Match {
  size_t begin = 0;  // The name's first byte
  size_t end = 0;    // and the byte after its last.
  size_t bytes = 0;  // Length of the whole match.
};

// `message` must be in lower case. A name takes as many bytes as it can, without a full stop at its end.
std::optional<Match> match(std::string_view pattern, std::string_view message) {
  Match out;
  size_t at = 0;
  for (size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c != '@' && c != '*') {
      if (at >= message.size() || message[at] != c) return std::nullopt;
      ++at;
      continue;
    }
    size_t end = c == '@' ? end_of_run(message, at, is_of_name) : end_of_run(message, at, is_of_word);
    if (c == '@' && end > at && message[end - 1] == '.') --end;
    if (end == at || (c == '@' && end - at > kNameBytesMax)) return std::nullopt;
    if (c == '@') out.begin = at, out.end = end;
    at = end;
  }
  out.bytes = at;
  // The match must hold the whole name: no `-` or `[` may follow.
  const bool ends_with_name = pattern.ends_with('@');
  if (ends_with_name && at < message.size() && (message[at] == '-' || message[at] == '[')) return std::nullopt;
  return out;
}

// The offset after a path into the request, such as `messages.1.content.0: …`. 0 if there is no path.
size_t after_place(std::string_view message) {
  const auto is_of_place = [](char c) { return is_of_name(c) || c == '[' || c == ']'; };
  const size_t end = end_of_run(message, 0, is_of_place);
  const std::string_view place = message.substr(0, end);
  const bool is_place = place.find_first_of(".[") != place.npos && message.substr(end).starts_with(": ");
  return is_place ? end + 2 : 0;
}

bool has_any(std::string_view message, std::span<const std::string_view> list) {
  return std::any_of(list.begin(), list.end(),
                     [message](std::string_view words) { return message.find(words) != message.npos; });
}

RefusedPart read_message(std::string_view message, std::string_view small) {
  for (const size_t from : {size_t{0}, after_place(small)}) {
    for (const Beginning& row : kBeginnings) {
      const std::optional<Match> found = match(row.pattern, small.substr(from));
      if (!found) continue;
      const std::string_view said = message.substr(from, found->bytes);
      const bool is_named = row.kind == Kind::kParameter || row.kind == Kind::kValue;
      // A parameter must be at the top level of the request. A path means that it is not.
      if (is_named && from > 0) continue;
      const std::string_view name = said.substr(found->begin, found->end - found->begin);
      return {.kind = row.kind, .name = std::string(row.name.empty() ? name : row.name), .said = std::string(said)};
    }
  }
  return {};
}

RefusedPart read_code(const ErrorFields& fields) {
  for (const Code& row : kCodes) {
    if (fields.code != row.text) continue;
    if (row.kind == Kind::kThoughts) return {.kind = row.kind};
    if (!fields.param.empty()) return {.kind = row.kind, .name = fields.param};
  }
  return {};
}

}  // namespace

RefusedPart read_refused_part(const ErrorFields& fields) {
  const std::string_view message = std::string_view(fields.message).substr(0, kMessageBytesRead);
  const std::string small = ascii_lower(message);
  RefusedPart part = read_code(fields);
  if (part.kind == Kind::kNothing) part = read_message(message, small);
  if (part.kind != Kind::kParameter && part.kind != Kind::kValue) return part;
  // If `param` names another parameter, the message may only quote the client's text.
  const bool is_of_another = !fields.param.empty() && fields.param != part.name;
  if (is_of_another || has_any(small, kOfRange)) return {};
  if (has_any(small, kOfCondition)) part.kind = Kind::kBeside;
  return part;
}

}  // namespace onellm::dialects
