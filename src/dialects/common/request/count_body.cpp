#include "dialects/common/request/count_body.h"

#include <algorithm>

#include "json/buffer.h"
#include "json/reader.h"
#include "json/writer.h"

namespace onellm::dialects {

std::string members_of(const Rope& body, std::span<const std::string_view> names) {
  json::Buffer text;
  text.reserve(body.bytes());
  for (const std::string_view piece : body.pieces()) text.append(piece);
  std::string members;
  json::Reader reader;
  if (!reader.open(text)) return members;
  reader.root().each_member([&](json::RawString key, json::Value& value) {
    const auto is_key = [key](std::string_view name) { return json::key_is(key, name); };
    if (std::any_of(names.begin(), names.end(), is_key)) json::append_member(members, key, value.raw());
  });
  if (!reader.finish()) members.clear();
  return members;
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
