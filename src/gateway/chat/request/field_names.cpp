#include "gateway/chat/request/field_names.h"

#include <algorithm>
#include <utility>

namespace onellm::gateway {

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
  const bool is_told = error.message.starts_with(error.param);
  if (is_told && name != error.param) error.message.replace(0, error.param.size(), name);
  error.param = std::move(name);
  return error;
}

}  // namespace onellm::gateway
