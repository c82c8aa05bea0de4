#include "json/reader.h"

#include <charconv>
#include <cmath>

#include "base/assert.h"
#include "json/walk.h"

namespace onellm::json {

Value::Value(Walk& walk) : walk_(&walk), token_(walk.at()) {}

Type Value::type() {
  if (walk_->failed()) return Type::kNone;
  ONELLM_ASSERT(walk_->at() == token_);
  const Type type = type_of(walk_->peek());
  if (type == Type::kNone) walk_->fail_expecting("a value");
  return type;
}

bool Value::is(Type wanted) { return type() == wanted; }

bool Value::read(RawString& out) { return is(Type::kString) && walk_->take_string(out); }

bool Value::read(bool& out) {
  std::string_view word;
  if (!is(Type::kBoolean) || !walk_->take_literal(word)) return false;
  out = word == "true";
  return true;
}

bool Value::read(int64_t& out) {
  if (!is(Type::kNumber)) return false;
  std::string_view text = walk_->token();
  int64_t value = 0;
  const std::from_chars_result end = std::from_chars(text.data(), text.data() + text.size(), value);
  if (is_number(text) && (end.ec != std::errc() || end.ptr != text.data() + text.size())) return false;
  if (!walk_->take_number(text)) return false;
  out = value;
  return true;
}

bool Value::read(double& out) {
  if (!is(Type::kNumber)) return false;
  std::string_view text = walk_->token();
  const double value = is_number(text) ? to_double(text) : 0;
  if (!std::isfinite(value)) return false;
  if (!walk_->take_number(text)) return false;
  out = value;
  return true;
}

bool Value::each_member(FunctionRef<void(RawString key, Value& value)> on_member) {
  if (!is(Type::kObject)) return false;
  walk_->walk_object([&](RawString key) {
    Value value(*walk_);
    on_member(key, value);
    if (walk_->at() == value.token_) walk_->skip_value();
  });
  return true;
}

bool Value::each_element(FunctionRef<void(size_t index, Value& value)> on_element) {
  if (!is(Type::kArray)) return false;
  walk_->walk_array([&](size_t index) {
    Value value(*walk_);
    on_element(index, value);
    if (walk_->at() == value.token_) walk_->skip_value();
  });
  return true;
}

Raw Value::raw() { return type() == Type::kNone ? Raw{} : walk_->raw_value(); }

RawString Value::peek(std::string_view key) const {
  return walk_->at() == token_ && walk_->peek() == '{' ? walk_->peek_member(key) : RawString{};
}

Raw Value::whole() const { return walk_->text_since(token_); }

Reader::Reader() : walk_(std::make_unique<Value::Walk>()) {}
Reader::~Reader() = default;

bool Reader::open(const Buffer& text) { return walk_->open(text); }

Value Reader::root() {
  ONELLM_ASSERT(walk_->at() == 0 && !walk_->failed());
  return Value(*walk_);
}

bool Reader::finish() { return walk_->finish(); }

const std::string& Reader::error_message() const { return walk_->error(); }

void Reader::release_large_buffers() { walk_->release_large_buffers(); }

bool key_is(RawString key, std::string_view plain) {
  // An escape is longer than its character, so a key with escapes is longer than `plain`.
  if (key.text.size() <= plain.size()) return key.text == plain && find_backslash(key.text, 0) == key.text.npos;
  // An escape has at most six bytes for one character. This check keeps long keys as cheap as short ones.
  if (key.text.size() > 6 * plain.size()) return false;
  return find_backslash(key.text, 0) != key.text.npos && unescape(key) == plain;
}

bool is_valid(std::string_view text) {
  const Buffer buffer(text);
  Reader reader;
  return reader.open(buffer) && reader.finish();
}

}  // namespace onellm::json
