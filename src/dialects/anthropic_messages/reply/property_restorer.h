// Gives the arguments of a call the names back under which the client knows them (property_names.h), while they come
// in pieces: only a name of the root that is not whole yet is held.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "dialects/dialect.h"
#include "json/raw.h"

namespace onellm::dialects::anthropic_messages {

class PropertyRestorer {
 public:
  // Of a call of that tool.
  PropertyRestorer(json::RawString tool, const std::vector<RenamedProperty>& renamed);

  // False where the tool has no name to be given back: then nothing need be pushed.
  [[nodiscard]] bool is_needed() const { return !renamed_.empty(); }

  // Appends what the next piece of the arguments gives; pieces are JSON that stands in a JSON string.
  void push(json::RawString piece, std::string& out);

 private:
  // `unit` is one character of the arguments, or the escape that stands for it.
  void take(std::string_view unit, std::string& out);
  void take_of_string(std::string_view unit, char c, std::string& out);
  void end_name(std::string& out);

  std::vector<RenamedProperty> renamed_;
  std::string name_;  // Of what is being read, as far as it came.
  size_t depth_ = 0;  // Of objects and arrays.
  bool is_string_ = false;
  bool is_escaped_ = false;       // The character before was a backslash.
  bool is_name_ = false;          // The string is a name of the root.
  bool name_comes_next_ = false;  // In the root, where a name may begin.
};

}  // namespace onellm::dialects::anthropic_messages
