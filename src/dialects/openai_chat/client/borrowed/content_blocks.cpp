#include "dialects/openai_chat/client/borrowed/content_blocks.h"

#include "dialects/common/request/raw_values.h"
#include "json/writer.h"

namespace onellm::dialects::openai_chat {

namespace {

using json::key_is;

void write_members(const std::vector<RawMember>& members, json::ObjectWriter& object) {
  for (const RawMember& member : members) object.add(member.key.text, member.value);
}

// Takes one from `room`. False if nothing is left.
bool take(size_t& room) {
  if (room > 0) --room;
  return room > 0;
}

}  // namespace

json::Raw find_raw(const std::vector<RawMember>& members, std::string_view key) {
  json::Raw found;
  for (const RawMember& member : members) {
    if (member.value.text != "null" && key_is(member.key, key)) found = member.value;
  }
  return found;
}

json::RawString find_text(const std::vector<RawMember>& members, std::string_view key) {
  return text_of(find_raw(members, key));
}

std::vector<RawMember> read_raw_members(json::Value& value, size_t& room) {
  std::vector<RawMember> members;
  value.each_member([&](json::RawString key, json::Value& member) {
    if (take(room)) members.push_back({key, member.raw()});
  });
  return members;
}

ContentBlock read_block(json::Value& value, int depth, size_t& room) {
  ContentBlock block;
  if (value.type() != json::Type::kObject) {
    block.whole = value.raw();
    return block;
  }
  value.each_member([&block, depth, &room](json::RawString key, json::Value& member) {
    if (!take(room)) return;
    const json::Type type = member.type();
    if (depth > 0 && type == json::Type::kArray && key_is(key, "content") && block.content.empty()) {
      member.each_element([&block, depth, &room](size_t /*index*/, json::Value& element) {
        if (take(room)) block.content.push_back(read_block(element, depth - 1, room));
      });
      if (block.content.empty()) block.members.push_back({key, {"[]"}});
    } else if (type == json::Type::kObject && key_is(key, "source") && block.source.empty()) {
      block.source = read_raw_members(member, room);
      if (block.source.empty()) block.members.push_back({key, {"{}"}});
    } else {
      block.members.push_back({key, member.raw()});
    }
  });
  return block;
}

void write_block(const ContentBlock& block, std::string& out) {
  if (!block.whole.empty()) {
    out += block.whole.text;
    return;
  }
  json::ObjectWriter object(out);
  write_members(block.members, object);
  if (!block.source.empty()) {
    json::ObjectWriter source(object.begin("source"));
    write_members(block.source, source);
  }
  if (block.content.empty()) return;
  json::ArrayWriter content(object.begin("content"));
  for (const ContentBlock& inner : block.content) write_block(inner, content.next());
}

}  // namespace onellm::dialects::openai_chat
