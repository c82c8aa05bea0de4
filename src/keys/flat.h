// Writes structs as JSON and reads them back, by one list of members for each struct:
//
//   template <typename Visit, typename Self>  // Self is the struct, const when it is written.
//   static void visit_members(Visit& visit, Self& self) { visit.text("id", self.id); visit.money("money", self.money);
//   }
//
// For rows that the gateway stores, and for the calls between its own parts. Bodies of clients are read by
// record/fields.h, which says what is wrong with them.
//
// Size counts here and speed does not: the methods for members are not inlined into each list.
//
// Rule: money is text, since JavaScript, which stores the rows, has no number for it.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/reader.h"
#include "json/writer.h"

namespace onellm::keys {

[[nodiscard]] inline bool read_integer(std::string_view text, int64_t& out) {
  const auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), out);
  return failure == std::errc() && stop == text.data() + text.size();
}

class FlatWriter {
 public:
  explicit FlatWriter(json::ObjectWriter& out) : out_(out) {}

  [[gnu::noinline]] void number(std::string_view name, int64_t value) { out_.add(name, value); }
  [[gnu::noinline]] void number(std::string_view name, const std::optional<int64_t>& value) {
    if (value) out_.add(name, *value);
  }
  [[gnu::noinline]] void money(std::string_view name, int64_t value) { out_.add_plain(name, std::to_string(value)); }
  [[gnu::noinline]] void money(std::string_view name, const std::optional<int64_t>& value) {
    if (value) money(name, *value);
  }
  [[gnu::noinline]] void flag(std::string_view name, bool value) { out_.add(name, value); }
  [[gnu::noinline]] void flag(std::string_view name, const std::optional<bool>& value) {
    if (value) out_.add(name, *value);
  }
  [[gnu::noinline]] void text(std::string_view name, const std::string& value) {
    if (!value.empty()) out_.add_plain(name, value);
  }
  [[gnu::noinline]] void text(std::string_view name, const std::optional<std::string>& value) {
    if (value) out_.add_plain(name, *value);
  }
  [[gnu::noinline]] void texts(std::string_view name, const std::vector<std::string>& values) {
    if (values.empty()) return;
    json::ArrayWriter array(out_.begin(name));
    for (const std::string& value : values) json::quote_to(array.next(), value);
  }
  // A word of an enum, by its place in `words`.
  template <typename Enum, size_t count>
  void word(std::string_view name, Enum value, const std::string_view (&words)[count]) {
    out_.add_plain(name, words[static_cast<size_t>(value)]);
  }
  template <typename S>
  void object(std::string_view name, const S& value) {
    write(out_.begin(name), value);
  }
  template <typename S>
  void object(std::string_view name, const std::optional<S>& value) {
    if (value) object(name, *value);
  }
  template <typename S>
  void objects(std::string_view name, const std::vector<S>& values) {
    if (values.empty()) return;
    json::ArrayWriter array(out_.begin(name));
    for (const S& value : values) write(array.next(), value);
  }

  template <typename S>
  static void write(std::string& out, const S& value) {
    json::ObjectWriter object(out);
    FlatWriter members(object);
    S::visit_members(members, value);
  }

 private:
  json::ObjectWriter& out_;
};

// Reads one member of an object: the one of the list that has its name. Members that the list lacks are skipped: a
// later version may have written them.
class FlatReader {
 public:
  FlatReader(json::RawString key, json::Value& value) : key_(key), value_(value) {}

  [[gnu::noinline]] void number(std::string_view name, int64_t& out) {
    if (takes(name)) is_good_ = value_.read(out);
  }
  [[gnu::noinline]] void number(std::string_view name, std::optional<int64_t>& out) {
    if (takes(name)) is_good_ = value_.read(out.emplace());
  }
  [[gnu::noinline]] void money(std::string_view name, int64_t& out) {
    json::RawString text;
    if (takes(name)) is_good_ = value_.read(text) && read_integer(text.text, out);
  }
  [[gnu::noinline]] void money(std::string_view name, std::optional<int64_t>& out) {
    int64_t amount = 0;
    json::RawString text;
    if (!takes(name)) return;
    is_good_ = value_.read(text) && read_integer(text.text, amount);
    out = amount;
  }
  [[gnu::noinline]] void flag(std::string_view name, bool& out) {
    if (takes(name)) is_good_ = value_.read(out);
  }
  [[gnu::noinline]] void flag(std::string_view name, std::optional<bool>& out) {
    if (takes(name)) is_good_ = value_.read(out.emplace());
  }
  [[gnu::noinline]] void text(std::string_view name, std::string& out) {
    if (takes(name)) is_good_ = read_text(value_, out);
  }
  [[gnu::noinline]] void text(std::string_view name, std::optional<std::string>& out) {
    if (takes(name)) is_good_ = read_text(value_, out.emplace());
  }
  [[gnu::noinline]] void texts(std::string_view name, std::vector<std::string>& out) {
    if (!takes(name)) return;
    is_good_ = value_.each_element([&](size_t, json::Value& element) {
      are_good_ = read_text(element, out.emplace_back()) && are_good_;
    }) && are_good_;
  }
  template <typename Enum, size_t count>
  void word(std::string_view name, Enum& out, const std::string_view (&words)[count]) {
    json::RawString text;
    if (!takes(name)) return;
    is_good_ = false;
    if (!value_.read(text)) return;
    for (size_t i = 0; i < count; ++i) {
      if (words[i] == text.text) out = static_cast<Enum>(i), is_good_ = true;
    }
  }
  template <typename S>
  void object(std::string_view name, S& out) {
    if (takes(name)) is_good_ = read(value_, out);
  }
  template <typename S>
  void object(std::string_view name, std::optional<S>& out) {
    if (takes(name)) is_good_ = read(value_, out.emplace());
  }
  template <typename S>
  void objects(std::string_view name, std::vector<S>& out) {
    if (!takes(name)) return;
    is_good_ = value_.each_element([&](size_t, json::Value& element) {
      are_good_ = read(element, out.emplace_back()) && are_good_;
    }) && are_good_;
  }

  // False if the value is no object, or a member has another type than its struct wants.
  template <typename S>
  [[nodiscard]] static bool read(json::Value& value, S& out) {
    bool is_good = true;
    const bool is_object = value.each_member([&](json::RawString key, json::Value& member) {
      FlatReader reader(key, member);
      S::visit_members(reader, out);
      is_good = is_good && reader.is_good_;
    });
    return is_object && is_good;
  }

 private:
  [[nodiscard, gnu::noinline]] bool takes(std::string_view name) {
    if (is_taken_ || key_.text != name) return false;
    is_taken_ = true;
    return true;
  }
  [[nodiscard]] static bool read_text(json::Value& value, std::string& out) {
    json::RawString raw;
    if (!value.read(raw)) return false;
    out = json::unescape(raw);
    return true;
  }

  json::RawString key_;
  json::Value& value_;
  bool is_taken_ = false;
  bool is_good_ = true;
  bool are_good_ = true;
};

template <typename S>
[[nodiscard]] std::string to_json(const S& value) {
  std::string out;
  FlatWriter::write(out, value);
  return out;
}

// False if `text` is no JSON object, nests too deep, or has a member of the wrong type.
template <typename S>
[[nodiscard]] bool from_json(std::string_view text, S& out) {
  const json::Buffer buffer(text);
  json::Reader reader;
  if (!reader.open(buffer)) return false;
  json::Value root = reader.root();
  const bool is_good = FlatReader::read(root, out);
  return reader.finish() && is_good;
}

}  // namespace onellm::keys
