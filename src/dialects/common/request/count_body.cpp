#include "dialects/common/request/count_body.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "json/buffer.h"
#include "json/reader.h"

namespace onellm::dialects {

namespace {

// A member of an object: its key without quotes, and its place in the text, from the key to the last byte of the value.
struct Member {
  std::string key;
  size_t begin = 0;
  size_t end = 0;
};

// Finds the members of an object whose text is in pieces. Nothing is parsed: the brackets and the strings say where a
// member ends. A body of several models is as long as the client's, and a parser would need five times as much memory.
class MemberFinder {
 public:
  std::vector<Member> find(const Rope& body) {
    for (const std::string_view piece : body.pieces()) read(piece);
    return std::move(members_);
  }

 private:
  void read(std::string_view piece) {
    for (size_t at = 0; at < piece.size(); ++at) {
      if (in_string_) {
        const size_t end = is_escaped_ ? at : std::min(piece.find_first_of("\"\\", at), piece.size());
        if (in_key_) members_.back().key += piece.substr(at, end - at);
        at = end;
        if (at < piece.size()) take_in_string(piece[at]);
      } else {
        take(piece[at], begin_ + at);
      }
    }
    begin_ += piece.size();
  }

  void take_in_string(char c) {
    if (std::exchange(is_escaped_, false)) return;
    if (c == '\\') {
      is_escaped_ = true;
    } else {
      in_string_ = in_key_ = false;
    }
  }

  void take(char c, size_t place) {
    switch (c) {
      case '"':
        in_string_ = true;
        if (depth_ != 1 || !std::exchange(key_follows_, false)) return;
        in_key_ = true;
        members_.push_back({.key = {}, .begin = place});
        return;
      case '{':
      case '[': key_follows_ = ++depth_ == 1; return;
      case '}':
      case ']':
        if (--depth_ == 0) end_member(place);
        return;
      case ',':
        if (depth_ != 1) return;
        end_member(place);
        key_follows_ = true;
        return;
      default: return;
    }
  }

  void end_member(size_t place) {
    if (!members_.empty()) members_.back().end = place;
  }

  std::vector<Member> members_;
  size_t begin_ = 0;  // Where the current piece begins.
  size_t depth_ = 0;
  bool in_string_ = false;
  bool is_escaped_ = false;
  bool in_key_ = false;
  bool key_follows_ = false;  // The next string of the object is a key.
};

// Adds views of the bytes from `begin` to `end`.
void add_part(const Rope& body, size_t begin, size_t end, Rope& out) {
  size_t piece_begin = 0;
  for (const std::string_view piece : body.pieces()) {
    const size_t from = std::clamp(begin, piece_begin, piece_begin + piece.size()) - piece_begin;
    const size_t to = std::clamp(end, piece_begin, piece_begin + piece.size()) - piece_begin;
    out.add_view(piece.substr(from, to - from));
    piece_begin += piece.size();
  }
}

}  // namespace

Rope only_members(Rope body, std::span<const std::string_view> names, std::string before, std::string after) {
  Rope out;
  bool needs_comma = !before.ends_with('{');
  out.add_owned(std::move(before));
  for (const Member& member : MemberFinder().find(body)) {
    if (std::find(names.begin(), names.end(), member.key) == names.end()) continue;
    if (std::exchange(needs_comma, true)) out.add_view(",");
    add_part(body, member.begin, member.end, out);
  }
  out.add_owned(std::move(after));
  out.keep(std::move(body));
  return out;
}

std::optional<int64_t> read_count(std::string_view reply, std::string_view name) {
  const json::Buffer text(reply);
  json::Reader reader;
  if (!reader.open(text)) return std::nullopt;
  std::optional<int64_t> count;
  reader.root().each_member([&](json::RawString key, json::Value& value) {
    int64_t number = 0;
    if (json::key_is(key, name) && value.read(number) && number >= 0) count = number;
  });
  if (!reader.finish()) return std::nullopt;
  return count;
}

}  // namespace onellm::dialects
