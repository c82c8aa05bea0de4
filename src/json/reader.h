// Reads JSON in one pass, in order, without building a tree: the caller walks the values it knows and
// takes slices of the rest. Walks the tokens that simdjson found (json/tokens.h).
//
// Two kinds of trouble are kept apart. A value of another type than wanted is the caller's business:
// the method returns false and the value can still be read otherwise. Text that is not JSON (or nests
// deeper than kJsonDepthMax) is sticky: the Reader remembers it, every loop ends, every later read
// returns false, and finish() reports it. So a walk needs no check until its end.
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
// All text that was read or sliced has been checked: UTF-8, escapes, numbers, structure. What a
// callback leaves unread is checked and skipped for it.
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

// A value that has not been read yet. Each may be read once, by one of the reading methods, and only
// before the next value of the document is touched. Lives as long as the callback that got it.
class Value {
 public:
  // kNone once the document turned out malformed.
  [[nodiscard]] Type type();
  [[nodiscard]] bool is_null() { return type() == Type::kNull; }

  // The inside of a string. False if it is none.
  [[nodiscard]] bool read(RawString& out);
  [[nodiscard]] bool read(bool& out);
  // An integer in range, written without fraction or exponent. False otherwise.
  [[nodiscard]] bool read(int64_t& out);
  // Any number that a double can hold, rounded. False otherwise.
  [[nodiscard]] bool read(double& out);

  // Calls for each member, in order; keys as they stand between their quotes (use unescape() or
  // key_is() where escapes matter). False, and no call, if the value is no object; true if it is one,
  // even if it turns out malformed on the way.
  bool each_member(FunctionRef<void(RawString key, Value& value)> on_member);
  // Calls for each element with its index. False, and no call, if the value is no array.
  bool each_element(FunctionRef<void(size_t index, Value& value)> on_element);

  // The text of the whole value, whatever it is, checked through and through. Empty once malformed.
  [[nodiscard]] Raw raw();

 private:
  friend class Reader;
  class Walk;
  explicit Value(Walk& walk);
  [[nodiscard]] bool is(Type wanted);
  Walk* walk_;
  size_t token_;  // Where it begins. The walk stands there until the value has been read.
};

class Reader {
 public:
  Reader();
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  ~Reader();

  // Begins a document, ending an earlier one. False if its text cannot be JSON (empty, not UTF-8, an
  // unclosed string). The text must stay unchanged while the document and slices of it are used.
  bool open(const Buffer& text);

  // Requires that open() returned true, once a document.
  [[nodiscard]] Value root();

  // True if the document was JSON to its end and nothing but white space follows it. Reads what the
  // root() left unread.
  [[nodiscard]] bool finish();

  // What was wrong, with the byte offset where known: "is not valid JSON: … at byte 17". For people.
  [[nodiscard]] const std::string& error_message() const;

  // Frees the parser's buffers where they have grown past what ordinary bodies need: WebAssembly
  // memory cannot be given back, but it can be used for something else.
  void release_large_buffers();

 private:
  std::unique_ptr<Value::Walk> walk_;
};

// True if `key`, unescaped, is `plain`. Nearly always a comparison of bytes.
[[nodiscard]] bool key_is(RawString key, std::string_view plain);

// Checks one whole text on its own: valid JSON, or not.
[[nodiscard]] bool is_valid(std::string_view text);

}  // namespace onellm::json
