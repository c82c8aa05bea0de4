// Names of functions that Google refuses, changed on the way there and back. OpenAI's clients may send what begins
// with a digit (`3d_render`); Google wants a letter or `_` first, then letters, digits, `_`, `.`, `:` and `-`, 128
// at most. The same name always becomes the same one, since it is part of what is cached of a prompt.
// https://ai.google.dev/api/caching#FunctionDeclaration
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "chat/request.h"
#include "json/raw.h"

namespace onellm::dialects {

class GeminiToolNames {
 public:
  explicit GeminiToolNames(const chat::Request& request);

  // The name that goes to Google. The view lives as long as this and `name`.
  [[nodiscard]] json::RawString sent(json::RawString name) const;

  // The names that were changed: as they are sent, and as the client knows them, both as they stand between quotes.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> changed() const;

 private:
  struct Change {
    json::RawString name;
    std::string sent;
  };

  void add(json::RawString name);
  [[nodiscard]] bool is_taken(const std::string& sent) const;

  const chat::Request& request_;
  std::vector<Change> changes_;
};

}  // namespace onellm::dialects
