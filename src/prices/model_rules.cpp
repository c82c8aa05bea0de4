#include "prices/model_rules.h"

#include <algorithm>
#include <cstdint>

#include "base/text.h"

namespace onellm::prices {

namespace {

enum class Kind : uint8_t { kEquals, kStartsWith, kEndsWith, kContains, kShape, kShapeBegins, kLacksWord };

constexpr uint8_t kKindBits = 7;
constexpr uint8_t kAnd = 8;    // The next rule must match too.
constexpr uint8_t kLast = 16;  // Ends the last alternative.

// '#' in a shape matches any digit.
bool begins_with_shape(std::string_view model, std::string_view shape) {
  if (model.size() < shape.size()) return false;
  return std::equal(shape.begin(), shape.end(), model.begin(),
                    [](char wanted, char c) { return wanted == '#' ? is_digit(c) : wanted == c; });
}

// A word ends at the end of the text or before a '-'.
bool has_word(std::string_view model, std::string_view word) {
  for (size_t at = model.find(word); at != model.npos; at = model.find(word, at + 1)) {
    const std::string_view rest = model.substr(at + word.size());
    if (rest.empty() || rest.front() == '-') return true;
  }
  return false;
}

bool holds(Kind kind, std::string_view text, std::string_view model) {
  switch (kind) {
    // Compares the last byte first: names of one list begin alike and differ at their ends.
    case Kind::kEquals: return model.size() == text.size() && model.back() == text.back() && model == text;
    case Kind::kStartsWith: return model.starts_with(text);
    case Kind::kEndsWith: return model.ends_with(text);
    case Kind::kContains: return model.find(text) != model.npos;
    case Kind::kShape: return model.size() == text.size() && begins_with_shape(model, text);
    case Kind::kShapeBegins: return begins_with_shape(model, text);
    case Kind::kLacksWord: return !has_word(model, text);
  }
  return false;
}

}  // namespace

bool read_rules(ByteReader& rows, std::string_view model) {
  bool is_model = false;
  bool all_hold = true;  // All rules of this alternative so far.
  for (;;) {
    const uint8_t flags = rows.byte();
    const std::string_view text = rows.text(rows.byte());
    all_hold = all_hold && !is_model && holds(static_cast<Kind>(flags & kKindBits), text, model);
    if ((flags & kAnd) != 0) continue;
    is_model = is_model || all_hold;
    if ((flags & kLast) != 0) return is_model;
    all_hold = true;
  }
}

}  // namespace onellm::prices
