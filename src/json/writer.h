// Writes JSON by appending to a string: objects and arrays with their commas, raw slices unchanged.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "json/raw.h"

namespace onellm::json {

// Writes one object or array. The destructor writes the closing bracket:
//
//   {
//     ObjectWriter chunk(out);
//     chunk.add("id", RawString{id});
//     ArrayWriter choices(chunk.begin("choices"));
//   }
class ObjectWriter {
 public:
  explicit ObjectWriter(std::string& out) : out_(out) { out_ += '{'; }
  ObjectWriter(const ObjectWriter&) = delete;
  ObjectWriter& operator=(const ObjectWriter&) = delete;
  ~ObjectWriter() { out_ += '}'; }

  // Rule: `key` must need no escaping.
  void add(std::string_view key, RawString value);
  void add(std::string_view key, Raw value);  // An empty value becomes null.
  void add(std::string_view key, int64_t value);
  void add(std::string_view key, bool value);
  void add_null(std::string_view key);
  void add_plain(std::string_view key, std::string_view value);  // Escapes the value.
  void add(RawMembers members);                                  // Empty members add nothing.
  // Writes the key. The caller must append one value to the returned string.
  [[nodiscard]] std::string& begin(std::string_view key);

 private:
  std::string& out_;
  bool first_ = true;
};

class ArrayWriter {
 public:
  explicit ArrayWriter(std::string& out) : out_(out) { out_ += '['; }
  ArrayWriter(const ArrayWriter&) = delete;
  ArrayWriter& operator=(const ArrayWriter&) = delete;
  ~ArrayWriter() { out_ += ']'; }

  // Writes the comma if one is needed. The caller must append one value to the returned string.
  [[nodiscard]] std::string& next();

 private:
  std::string& out_;
  bool first_ = true;
};

// Appends a decimal integer.
void append_integer(std::string& out, int64_t value);

// Appends a member to the raw members in a string, with a comma if one is needed. An empty value becomes null.
void append_member(std::string& members, RawString key, Raw value);

}  // namespace onellm::json
