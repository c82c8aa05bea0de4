#include "models/names.h"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "base/text.h"

namespace onellm::models {

namespace {

constexpr size_t kDateDigits = 8;

size_t leading_digits(std::string_view text) {
  return static_cast<size_t>(std::find_if_not(text.begin(), text.end(), is_digit) - text.begin());
}

// Takes a number of one or two digits off the front. Nothing if there is no number or it is longer.
std::optional<uint32_t> take_number(std::string_view& text) {
  constexpr size_t kDigitsMax = 2;
  const size_t digits = leading_digits(text);
  if (digits == 0 || digits > kDigitsMax) return std::nullopt;
  uint32_t number = 0;
  for (size_t i = 0; i < digits; ++i) number = number * 10 + static_cast<uint32_t>(text[i] - '0');
  text.remove_prefix(digits);
  return number;
}

// Reads a version with a dot and the words after it: "5.4-pro", "4o-mini", "3-mini-2025-01-31", "3n-e4b-it". `letter`
// may follow the version. The line is kOther if the text is no version.
Name read_dotted(Line line, std::string_view text, char letter) {
  constexpr uint32_t kMajorMax = 34;  // A higher number is a version without its dot, like gpt-35-turbo at Azure.
  const std::optional<uint32_t> major = take_number(text);
  if (!major || *major > kMajorMax) return {};
  uint32_t minor = 0;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    const std::optional<uint32_t> number = take_number(text);
    if (!number) return {};
    minor = *number;
  }
  if (letter != 0 && text.starts_with(letter)) {
    text.remove_prefix(1);
    if (line == Line::kGpt) line = Line::kOmni;
  }
  if (!text.empty() && text.front() != '-') return {};
  return {line, *major * 100 + minor, text};
}

Name read_openai(std::string_view model) {
  constexpr std::string_view kFineTuned = "ft:";
  if (model.starts_with(kFineTuned)) {
    model.remove_prefix(kFineTuned.size());
    model = model.substr(0, model.find(':'));
  }
  for (const std::string_view prefix : {"gpt-", "chatgpt-"}) {
    if (model.starts_with(prefix)) return read_dotted(Line::kGpt, model.substr(prefix.size()), 'o');
  }
  return model.starts_with('o') ? read_dotted(Line::kO, model.substr(1), 0) : Name{};
}

struct LineWord {
  std::string_view word;
  Line line;
};
constexpr LineWord kClaudeLines[] = {
    {"opus-", Line::kOpus},   {"sonnet-", Line::kSonnet}, {"haiku-", Line::kHaiku},
    {"fable-", Line::kFable}, {"mythos-", Line::kMythos}, {"instant-", Line::kInstant},
};

// Versions of Claude have a dash; some hosts write a dot: "4-5-20250929-v1:0", "4-20250514", "5", "2.1".
Name read_claude(std::string_view model) {
  constexpr std::string_view kFamily = "claude-";
  const size_t begin = model.find(kFamily);  // Hosts put their own words before it: "anthropic.claude-…".
  if (begin == std::string_view::npos) return {};
  std::string_view text = model.substr(begin + kFamily.size());
  Line line = Line::kClaude;
  for (const LineWord& row : kClaudeLines) {
    if (!text.starts_with(row.word)) continue;
    line = row.line;
    text.remove_prefix(row.word.size());
    break;
  }
  const std::optional<uint32_t> major = take_number(text);
  if (!major) return {};
  uint32_t minor = 0;
  if (text.starts_with('-') || text.starts_with('.')) {
    std::string_view rest = text.substr(1);
    if (const std::optional<uint32_t> number = take_number(rest)) {
      minor = *number;
      text = rest;
    }
  }
  return {line, *major * 100 + minor, text};
}

Name read_google(std::string_view model) {
  model.remove_prefix(model.rfind('/') + 1);  // Without a slash this removes nothing.
  for (const LineWord& row : {LineWord{"gemini-", Line::kGemini}, LineWord{"gemma-", Line::kGemma}}) {
    if (!model.starts_with(row.word)) continue;
    const std::string_view text = model.substr(row.word.size());
    const Name name = read_dotted(row.line, text, 'n');
    return name.line == Line::kOther ? Name{row.line, 0, text} : name;  // gemini-flash-latest
  }
  return {};
}

// Hosts of OpenAI's format serve models of all makers, with any words before the name: "deepseek/deepseek-v4-pro".
Name read_hosted(std::string_view model) {
  constexpr std::string_view kFamily = "deepseek-v";
  if (model.ends_with("deepseek-reasoner")) return {Line::kDeepseekReasoner, 0, {}};
  model.remove_prefix(model.rfind('/') + 1);
  return model.starts_with(kFamily) ? read_dotted(Line::kDeepseek, model.substr(kFamily.size()), 0) : Name{};
}

// "kimi-k2.6", "kimi-k2-turbo-preview", "kimi-k3".
Name read_moonshot(std::string_view model) {
  constexpr std::string_view kFamily = "kimi-k";
  model.remove_prefix(model.rfind('/') + 1);
  return model.starts_with(kFamily) ? read_dotted(Line::kKimi, model.substr(kFamily.size()), 0) : Name{};
}

std::string_view without_date(std::string_view model) {
  model = model.substr(0, model.find('@'));
  constexpr std::string_view kLatest = "-latest";
  if (model.ends_with(kLatest)) model.remove_suffix(kLatest.size());
  const size_t dash = model.rfind('-');
  if (dash == std::string_view::npos) return model;
  const std::string_view last = model.substr(dash + 1);
  const bool is_date = last.size() == kDateDigits && leading_digits(last) == kDateDigits;
  return is_date ? model.substr(0, dash) : model;
}

}  // namespace

Name read_name(Maker maker, std::string_view model) {
  switch (maker) {
    case Maker::kNone: return read_hosted(model);
    case Maker::kOpenAi: return read_openai(model);
    case Maker::kAnthropic: return read_claude(model);
    case Maker::kGoogle: return read_google(model);
    case Maker::kMoonshot: return read_moonshot(model);
  }
  return {};
}

bool has_word(std::string_view variant, std::string_view word) {
  while (!variant.empty()) {
    variant.remove_prefix(1);  // The dash.
    const size_t end = std::min(variant.find('-'), variant.size());
    if (variant.substr(0, end) == word) return true;
    variant.remove_prefix(end);
  }
  return false;
}

bool is_same_model(std::string_view left, std::string_view right) { return without_date(left) == without_date(right); }

}  // namespace onellm::models
