// A walk over the tokens of one JSON document: what json/reader.cpp does for each value. Only that file includes it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "base/text.h"
#include "json/grammar.h"
#include "json/reader.h"
#include "json/tokens.h"

namespace onellm::json {

// The type of a value by its first byte. The rest of the value is checked when it is read.
inline Type type_of(char first_char) {
  switch (first_char) {
    case 'n': return Type::kNull;
    case 't':
    case 'f': return Type::kBoolean;
    case '"': return Type::kString;
    case '[': return Type::kArray;
    case '{': return Type::kObject;
    case '-': return Type::kNumber;
    default: return is_digit(first_char) ? Type::kNumber : Type::kNone;
  }
}

// A walk over the tokens of one document, from the first to the last.
//
// Rule: every token is passed, and is checked when it is passed. So the whole document is checked.
class Value::Walk {
 public:
  bool open(const Buffer& text) {
    at_ = 0;
    depth_ = 0;
    error_.clear();
    opened_ = true;
    const char* trouble = tokens_.find(text);
    if (trouble != nullptr) error_ = std::string("is not valid JSON: ") + trouble;
    first_backslash_ = trouble == nullptr ? find_backslash(text.text(), 0) : 0;
    return trouble == nullptr;
  }

  [[nodiscard]] size_t at() const { return at_; }
  [[nodiscard]] bool failed() const { return !error_.empty(); }
  [[nodiscard]] const std::string& error() const { return error_; }

  [[nodiscard]] bool at_end() const { return at_ == tokens_.count(); }
  // The first byte of the next token; 0 at the end.
  [[nodiscard]] char peek() const { return at_end() ? '\0' : tokens_.first_char(at_); }
  [[nodiscard]] std::string_view token() const { return tokens_.text(at_); }

  // Remembers the first error and moves to the end, so that nothing more is read.
  bool fail(const std::string& trouble) {
    if (failed()) return false;
    error_ = trouble + " at byte " + std::to_string(tokens_.offset(at_));
    at_ = tokens_.count();
    return false;
  }
  bool fail_expecting(const char* what) {
    return fail(std::string("is not valid JSON: ") + what + (at_end() ? " is missing" : " was expected"));
  }

  bool take(char punctuation) {
    if (peek() != punctuation) return false;
    value_end_ = tokens_.offset(at_) + 1;
    ++at_;
    return true;
  }

  bool take_string(RawString& out) {
    const std::string_view text = token();
    if (text.size() < 2 || text.back() != '"') return fail_expecting("the end of a string");
    const std::string_view inside = text.substr(1, text.size() - 2);
    const bool may_have_escapes = tokens_.offset(at_) + text.size() > first_backslash_;
    if (may_have_escapes && !has_legal_escapes(inside)) return fail("is not valid JSON: a bad escape in the string");
    out.text = inside;
    pass(text);
    return true;
  }

  bool take_number(std::string_view& out) {
    out = token();
    if (!is_number(out)) return fail("is not valid JSON: a bad number");
    pass(out);
    return true;
  }

  bool take_literal(std::string_view& out) {
    out = token();
    if (out != "true" && out != "false" && out != "null") return fail("is not valid JSON: an unknown word");
    pass(out);
    return true;
  }

  // Passes one value of any kind, with all that is in it.
  bool skip_value() {
    RawString string;
    std::string_view scalar;
    switch (type_of(peek())) {
      case Type::kNull:
      case Type::kBoolean: return take_literal(scalar);
      case Type::kNumber: return take_number(scalar);
      case Type::kString: return take_string(string);
      case Type::kArray: return walk_array([&](size_t) { skip_value(); });
      case Type::kObject: return walk_object([&](RawString) { skip_value(); });
      case Type::kNone: return fail_expecting("a value");
    }
    return false;
  }

  // Both call back at the beginning of each value; the callback must pass the value. The next token must be the opening
  // bracket.
  template <typename OnElement>
  bool walk_array(const OnElement& on_element) {
    if (!enter()) return false;
    if (!take(']')) {
      size_t index = 0;
      do {
        on_element(index++);
      } while (take(','));
      if (!take(']')) return fail_expecting("',' or ']'");
    }
    --depth_;
    return true;
  }
  template <typename OnMember>
  bool walk_object(const OnMember& on_member) {
    if (!enter()) return false;
    if (!take('}')) {
      do {
        RawString key;
        if (peek() != '"') return fail_expecting("the name of a member");
        if (!take_string(key)) return false;
        if (!take(':')) return fail_expecting("':'");
        on_member(key);
      } while (take(','));
      if (!take('}')) return fail_expecting("',' or '}'");
    }
    --depth_;
    return true;
  }

  // See Value::peek().
  [[nodiscard]] RawString peek_member(std::string_view key) const {
    for (size_t at = at_ + 1; at + 2 < tokens_.count() && tokens_.first_char(at) == '"';) {
      const std::string_view name = tokens_.text(at);
      const size_t value = at + 2;  // After the colon.
      if (name.size() == key.size() + 2 && name.substr(1, key.size()) == key) {
        const std::string_view text = tokens_.text(value);
        const bool is_string = text.size() >= 2 && text.front() == '"' && text.back() == '"';
        const std::string_view inside = is_string ? text.substr(1, text.size() - 2) : std::string_view();
        return has_legal_escapes(inside) ? RawString{inside} : RawString{};
      }
      at = after_value(value) + 1;  // After the comma.
    }
    return {};
  }

  // From the token where a value begins to the end of that value.
  [[nodiscard]] Raw text_since(size_t token) const {
    const size_t begin = tokens_.offset(token);
    return failed() ? Raw{} : Raw{tokens_.slice(begin, value_end_)};
  }

  Raw raw_value() {
    const size_t begin = tokens_.offset(at_);
    if (!skip_value()) return {};
    return {tokens_.slice(begin, value_end_)};
  }

  bool finish() {
    if (!opened_ || failed()) return false;
    if (at_ == 0 && !skip_value()) return false;
    if (!at_end()) return fail("is not valid JSON: something follows the end");
    return true;
  }

  void release_large_buffers() { tokens_.release_large_buffers(); }

 private:
  bool enter() {
    if (depth_ == kJsonDepthMax) return fail("nests deeper than " + std::to_string(kJsonDepthMax) + " levels");
    ++depth_;
    ++at_;
    return true;
  }

  // The token after a value that is not passed.
  [[nodiscard]] size_t after_value(size_t token) const {
    size_t open = 0;
    for (; token < tokens_.count(); ++token) {
      const char first = tokens_.first_char(token);
      if (first == '{' || first == '[') ++open;
      if ((first == '}' || first == ']') && open > 0) --open;
      if (open == 0) return token + 1;
    }
    return token;
  }

  void pass(std::string_view token_text) {
    value_end_ = tokens_.offset(at_) + token_text.size();
    ++at_;
  }

  Tokens tokens_;
  size_t at_ = 0;               // The next token.
  size_t value_end_ = 0;        // The offset after the token that was passed last.
  size_t first_backslash_ = 0;  // Its offset. Strings before it need no check for escapes.
  size_t depth_ = 0;
  bool opened_ = false;
  std::string error_;
};

}  // namespace onellm::json
