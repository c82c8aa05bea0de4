#include "json/writer.h"

#include <charconv>

namespace onellm::json {

std::string& ObjectWriter::begin(std::string_view key) {
  if (!first_) out_ += ',';
  first_ = false;
  out_ += '"';
  out_ += key;
  out_ += "\":";
  return out_;
}

void ObjectWriter::add(std::string_view key, RawString value) {
  begin(key) += '"';
  out_ += value.text;
  out_ += '"';
}

void ObjectWriter::add(std::string_view key, Raw value) { begin(key) += value.empty() ? "null" : value.text; }

void ObjectWriter::add(std::string_view key, int64_t value) { append_integer(begin(key), value); }

void ObjectWriter::add(std::string_view key, bool value) { begin(key) += value ? "true" : "false"; }

void ObjectWriter::add_null(std::string_view key) { begin(key) += "null"; }

void ObjectWriter::add_plain(std::string_view key, std::string_view value) { quote_to(begin(key), value); }

void ObjectWriter::add(RawMembers members) {
  if (members.empty()) return;
  if (!first_) out_ += ',';
  first_ = false;
  out_ += members.text;
}

std::string& ArrayWriter::next() {
  if (!first_) out_ += ',';
  first_ = false;
  return out_;
}

void append_integer(std::string& out, int64_t value) {
  char digits[20];  // "-9223372036854775808"
  const std::to_chars_result end = std::to_chars(digits, digits + sizeof digits, value);
  out.append(digits, end.ptr);
}

void append_member(std::string& members, RawString key, Raw value) {
  if (!members.empty()) members += ',';
  members += '"';
  members += key.text;
  members += "\":";
  members += value.empty() ? "null" : value.text;
}

}  // namespace onellm::json
