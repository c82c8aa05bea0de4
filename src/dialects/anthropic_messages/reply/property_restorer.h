// Gives renamed parameters their original names back (see property_names.h) while the arguments of a call come in
// pieces. Only an incomplete name of the root object is held back.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "dialects/dialect.h"
#include "json/raw.h"

namespace onellm::dialects::anthropic_messages {

class PropertyRestorer {
 public:
  // For the arguments of one call of `tool`. `renamed` is sorted (ReplyContext) and must outlive this object.
  PropertyRestorer(json::RawString tool, const std::vector<RenamedProperty>& renamed);

  // False if no parameter of the tool was renamed; then push() is not needed.
  [[nodiscard]] bool is_needed() const { return !renamed_.empty(); }

  // Appends the next piece of the arguments to `out`, with original names. Pieces are escaped for a JSON string.
  void push(json::RawString piece, std::string& out);

 private:
  // `unit` is one character of the arguments, or the escape that stands for it.
  void take(std::string_view unit, std::string& out);
  void take_of_string(std::string_view unit, char c, std::string& out);
  void end_name(std::string& out);

  std::span<const RenamedProperty> renamed_;  // Those of the tool.
  std::string name_;                          // The name that is being read, so far.
  size_t depth_ = 0;                          // Number of open objects and arrays.
  bool is_string_ = false;
  bool is_escaped_ = false;       // The previous character was a backslash.
  bool is_name_ = false;          // The present string is a name of the root object.
  bool name_comes_next_ = false;  // The next string is a name of the root object.
};

}  // namespace onellm::dialects::anthropic_messages
