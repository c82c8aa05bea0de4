// Checks the grammar of one JSON object that arrives in pieces. It keeps no text, only the place in the grammar.
// https://www.rfc-editor.org/rfc/rfc8259
//
// Rule: what it says does not depend on how the text is cut into pieces. It says the same as is_valid() for objects.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/limits.h"

namespace onellm::json {

class ObjectScanner {
 public:
  // Takes the next bytes of the text. They must be UTF-8.
  void push(std::string_view bytes);

  [[nodiscard]] bool is_whole() const { return place_ == Place::kEnd; }
  // The text so far is the beginning of no object.
  [[nodiscard]] bool is_broken() const { return place_ == Place::kBroken; }

  // Appends what makes the text so far a whole object: it ends what is open, and the object gets `member` as its last
  // one. Requires a text that has begun, and is neither broken nor whole.
  void append_end(std::string_view member, std::string& out) const;

 private:
  enum class Place : uint8_t {
    kStart,       // Before the object.
    kKeyOrEnd,    // After `{`.
    kKey,         // After a comma in an object.
    kColon,       // After a key.
    kValue,       // After a colon, or a comma in an array.
    kValueOrEnd,  // After `[`.
    kCommaOrEnd,  // After a value.
    kString,      // Inside a string.
    kEscape,      // After a backslash.
    kHex,         // Inside the four digits of `\u`.
    kLiteral,     // Inside true, false or null.
    // Inside a number.
    kMinus,
    kZero,
    kDigits,
    kPoint,
    kFraction,
    kExponent,
    kExponentSign,
    kExponentDigits,
    kEnd,     // After the object. Only white space may follow.
    kBroken,  // Final.
  };

  void append_end_of_value(std::string& out) const;
  void step(char c);
  void begin_value(char c);
  void step_in_string(char c);
  void step_in_number(char c);
  void after_value(char c);
  void open(bool is_object);
  void close(bool is_object);

  Place place_ = Place::kStart;
  bool is_key_ = false;  // The string is a key.
  uint8_t hex_left_ = 0;
  std::string_view literal_;  // The rest of the literal.
  size_t depth_ = 0;
  std::bitset<kJsonDepthMax + 1> objects_;  // By depth: it is an object, not an array.
};

}  // namespace onellm::json
