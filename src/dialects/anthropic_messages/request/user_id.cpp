#include "dialects/anthropic_messages/request/user_id.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "base/text.h"

namespace onellm::dialects::anthropic_messages {

namespace {

constexpr int64_t kUserIdCharactersMax = 256;

// Numbers in this range of lengths are taken for telephone numbers; shorter ones for ids.
constexpr size_t kPhoneBytesMin = 9;
constexpr size_t kPhoneBytesMax = 20;
constexpr int64_t kPhoneDigitsMin = 7;

bool ends_word(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '@'; }

// True if the text contains `name@host.domain`.
bool has_email_address(std::string_view text) {
  for (size_t at = text.find('@'); at != text.npos; at = text.find('@', at + 1)) {
    if (at == 0 || ends_word(text[at - 1])) continue;
    const std::string_view behind = text.substr(at + 1);
    const auto* const end = std::find_if(behind.begin(), behind.end(), ends_word);
    const std::string_view host = behind.substr(0, static_cast<size_t>(end - behind.begin()));
    const size_t dot = host.find('.', 1);
    if (dot != host.npos && dot + 1 < host.size()) return true;
  }
  return false;
}

bool is_phone_number(std::string_view text) {
  if (text.size() < kPhoneBytesMin || text.size() > kPhoneBytesMax) return false;
  const bool has_others = std::any_of(text.begin() + (text[0] == '+' ? 1 : 0), text.end(), [](char c) {
    return !is_digit(c) && c != ' ' && c != '(' && c != ')' && c != '-';
  });
  return !has_others && std::count_if(text.begin(), text.end(), is_digit) >= kPhoneDigitsMin;
}

}  // namespace

bool is_user_id_taken(json::RawString id) {
  if (json::count_characters(id) > kUserIdCharactersMax) return false;
  const std::string text = json::unescape(id);
  return !has_email_address(text) && !is_phone_number(text);
}

}  // namespace onellm::dialects::anthropic_messages
