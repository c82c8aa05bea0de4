// Reads JSON in one pass, in order, without building a tree: the caller reads the values it knows and takes slices of
// the rest. Uses the tokens that simdjson found (json/tokens.h).
//
// There are two kinds of errors. If a value has another type than wanted, the method returns false, and the caller may
// read the value in another way. If the text is not JSON, or nests deeper than kJsonDepthMax, the Reader remembers the
// error: every loop ends, every later read returns false, and finish() returns false. So the caller checks only at the
// end.
//
//   json::Reader reader;
//   if (reader.open(buffer)) {
//     reader.root().each_member([&](RawString key, Value& value) {
//       if (key.text == "model") has_model = value.read(model);
//       else unknown = value.raw();
//     });
//   }
//   if (!reader.finish()) return malformed(reader.error_message());
//
// Rule: all text that is read or sliced has been checked: UTF-8, escapes, numbers, structure. Values that a callback
// does not read are checked and skipped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/function_ref.h"
#include "json/buffer.h"
#include "json/raw.h"

namespace onellm::json {

enum class Type : uint8_t { kNull, kBoolean, kNumber, kString, kArray, kObject, kNone };

// A value that has not been read yet. It may be read once, by one of the reading methods, and only before the next
// value of the document is used. Valid during the callback that got it.
class Value {
 public:
  // kNone after an error in the document.
  [[nodiscard]] Type type();
  [[nodiscard]] bool is_null() { return type() == Type::kNull; }

  // The inside of a string. False if the value is no string.
  [[nodiscard]] bool read(RawString& out);
  [[nodiscard]] bool read(bool& out);
  // An integer in range, written without fraction or exponent. False otherwise.
  [[nodiscard]] bool read(int64_t& out);
  // Any number that a double can hold, rounded. False otherwise.
  [[nodiscard]] bool read(double& out);

  // Calls `on_member` for each member, in order. Keys keep their escapes: compare them with key_is(), or use
  // unescape(). False, without a call, if the value is no object. True for an object, even if a later part of it is
  // malformed.
  bool each_member(FunctionRef<void(RawString key, Value& value)> on_member);
  // Calls `on_element` for each element with its index. False, without a call, if the value is no array.
  bool each_element(FunctionRef<void(size_t index, Value& value)> on_element);

  // The text of the whole value, of any type, fully checked. Empty after an error.
  [[nodiscard]] Raw raw();

  // Looks into an object that was not read yet: the inside of the string that is its first member `key`; empty if there
  // is none or a wrong one. It is not checked, so it is only for choosing how to read the object.
  [[nodiscard]] RawString peek(std::string_view key) const;
  // The text of a value that was read, before another value is used. Empty after an error.
  [[nodiscard]] Raw whole() const;

 private:
  friend class Reader;
  class Walk;
  explicit Value(Walk& walk);
  [[nodiscard]] bool is(Type wanted);
  Walk* walk_;
  size_t token_;  // The first token of the value. The walk stays there until the value is read.
};

class Reader {
 public:
  Reader();
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  ~Reader();

  // Begins a document; an earlier one must not be used any more. False if the text cannot be JSON (empty, not UTF-8, an
  // unclosed string). The text must stay unchanged while the document or slices of it are used.
  bool open(const Buffer& text);

  // Requires that open() returned true. May be called once for each document.
  [[nodiscard]] Value root();

  // True if the whole document is valid JSON, followed by white space at most. Checks a root value that was not read.
  [[nodiscard]] bool finish();

  // The error, with its byte offset if known: "is not valid JSON: … at byte 17". For people.
  [[nodiscard]] const std::string& error_message() const;

  // Frees the parser's buffers if they are larger than ordinary bodies need. WebAssembly memory never shrinks, but the
  // core can use it again.
  void release_large_buffers();

 private:
  std::unique_ptr<Value::Walk> walk_;
};

// True if `key`, unescaped, is `plain`. Cheap for keys without escapes: it compares bytes.
[[nodiscard]] bool key_is(RawString key, std::string_view plain);

// Checks one whole text on its own: valid JSON, or not.
[[nodiscard]] bool is_valid(std::string_view text);

}  // namespace onellm::json
