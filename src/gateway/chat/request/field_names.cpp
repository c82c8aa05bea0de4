#include "gateway/chat/request/field_names.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/text.h"

namespace onellm::gateway {

namespace {

constexpr std::string_view kAfterField = " ";  // In what encoders say: `messages[0].name is too long.`

bool is_of_name(char c) { return is_letter_or_digit(c) || c == '_'; }

// Where the name stands in the text, and not as a part of another word; npos: nowhere.
size_t find_name(std::string_view text, std::string_view name) {
  for (size_t at = text.find(name); at != text.npos; at = text.find(name, at + 1)) {
    const size_t end = at + name.size();
    const bool begins = at == 0 || !is_of_name(text[at - 1]) || !is_of_name(name.front());
    const bool ends = end == text.size() || !is_of_name(text[end]) || !is_of_name(name.back());
    if (begins && ends) return at;
  }
  return text.npos;
}

}  // namespace

std::vector<std::string> in_clients_words(const std::vector<std::string>& names, const dialects::ClientDialect& client,
                                          const chat::Request& request) {
  std::vector<std::string> words;
  words.reserve(names.size());
  for (const std::string& name : names) {
    std::string word = client.field_name(name, request);
    if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(std::move(word));
  }
  return words;
}

Error in_clients_words(Error error, const dialects::ClientDialect& client, const chat::Request& request) {
  if (error.param.empty()) return error;
  std::string name = client.field_name(error.param, request);
  if (error.message.starts_with(error.param + std::string(kAfterField))) {
    std::string begin = name;
    begin += client.after_field();
    error.message.replace(0, error.param.size() + kAfterField.size(), begin);
  } else if (const size_t at = find_name(error.message, error.param); at != std::string::npos) {
    error.message.replace(at, error.param.size(), name);
  }
  error.param = std::move(name);
  return error;
}

}  // namespace onellm::gateway
