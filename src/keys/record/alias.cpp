#include "keys/record/alias.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "keys/secret.h"

namespace onellm::keys {

namespace {

constexpr std::string_view kTakenNames[] = {"master", "(none)", "(other)"};

struct Range {
  char32_t first;
  char32_t last;
};

// Characters that cannot be seen or change how others are shown: controls, formats, separators of lines, private and
// non-characters. https://www.unicode.org/reports/tr44/#General_Category_Values (Cc, Cf, Zl, Zp, Co, Cn)
constexpr Range kUnprintable[] = {
    {0x0000, 0x001F},   {0x007F, 0x009F},   {0x00AD, 0x00AD},   {0x0600, 0x0605},   {0x061C, 0x061C},
    {0x06DD, 0x06DD},   {0x070F, 0x070F},   {0x0890, 0x0891},   {0x08E2, 0x08E2},   {0x180E, 0x180E},
    {0x200B, 0x200F},   {0x2028, 0x202E},   {0x2060, 0x206F},   {0xD800, 0xF8FF},   {0xFDD0, 0xFDEF},
    {0xFEFF, 0xFEFF},   {0xFFF0, 0xFFFB},   {0xFFFE, 0xFFFF},   {0x110BD, 0x110BD}, {0x110CD, 0x110CD},
    {0x13430, 0x1343F}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE00FF}, {0xE01F0, 0x10FFFF},
};

bool is_allowed(char32_t character) {
  constexpr std::u32string_view kMarks = U"\"',;<>";
  if (kMarks.find(character) != kMarks.npos || (character & 0xFFFEU) == 0xFFFEU) return false;
  return std::none_of(std::begin(kUnprintable), std::end(kUnprintable),
                      [=](Range range) { return character >= range.first && character <= range.last; });
}

// Takes one character off `text`, which must be UTF-8 and not empty.
char32_t take_character(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text[0]);
  const size_t bytes = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  char32_t character = bytes == 1 ? first : first & (0xFFU >> (bytes + 1));
  for (size_t i = 1; i < bytes; ++i) character = character << 6 | (static_cast<unsigned char>(text[i]) & 0x3FU);
  text.remove_prefix(bytes);
  return character;
}

}  // namespace

const char* alias_problem(json::RawString alias) {
  const std::string plain = json::unescape(alias);
  if (plain.empty()) return "must not be empty";
  if (std::find(std::begin(kTakenNames), std::end(kTakenNames), plain) != std::end(kTakenNames)) {
    return "must not be master, (none) or (other)";
  }
  if (hide_secrets(plain) != plain) return "must not hold the secret of a key";
  bool is_good = json::find_lone_surrogate(alias.text, 0) == alias.text.npos;
  size_t characters = 0;
  for (std::string_view rest = plain; !rest.empty(); ++characters)
    is_good = is_allowed(take_character(rest)) && is_good;
  if (characters > kKeyAliasCharactersMax) return "must have at most 64 characters";
  return is_good ? nullptr : "must have only printable characters, and no quotes, commas, semicolons, < or >";
}

}  // namespace onellm::keys
