#include "dialects/openai_chat/echoes/reasoning.h"

#include <algorithm>
#include <cstdint>

namespace onellm::dialects::openai_chat {

namespace {

using chat::ThinkingBlock;
using json::key_is;

struct EchoRow {
  std::string_view key;
  EchoSet member;
};
constexpr EchoRow kEchoes[] = {
    {"reasoning_content", echo::kReasoningContent},
    {"reasoning", echo::kReasoning},
    {"reasoning_details", echo::kReasoningDetails},
    {kExtraContent, echo::kExtraContent},
    {kThinkingBlocks, echo::kThinkingBlocks},
    {"channel", echo::kChannel},
    {"phase", echo::kChannel},  // The Responses API's name for it.
    {"annotations", echo::kAnnotations},
    {"content_parts", echo::kContentParts},
    {"images", echo::kImages},
    {"code_execution", echo::kCodeExecution},
};

bool is_same(const ThinkingBlock& left, const ThinkingBlock& right) {
  return left.redacted == right.redacted && left.signature == right.signature && left.text == right.text &&
         left.calls_before == right.calls_before;
}

int64_t read_text_before(json::Value& value) {
  int64_t characters = 0;
  if (value.type() == json::Type::kNumber) return value.read(characters) && characters > 0 ? characters : 0;
  bool is_all = false;
  return value.read(is_all) && is_all ? ThinkingBlock::kAllText : 0;
}

// Reads where the block was in its message: {"tool_calls":n,"text":n}. `"text":true` means after the whole text.
void read_place(json::Value& value, ThinkingBlock& block) {
  value.each_member([&block](json::RawString key, json::Value& member) {
    int64_t calls = 0;
    if (key_is(key, "tool_calls") && member.read(calls) && calls >= 0 && calls <= INT32_MAX) {
      block.calls_before = static_cast<uint32_t>(calls);
    }
    if (key_is(key, "text")) block.text_before = read_text_before(member);
  });
}

bool read_block(json::Value& value, ThinkingBlock& block) {
  json::RawString type;
  json::RawString data;
  value.each_member([&](json::RawString key, json::Value& member) {
    json::RawString text;
    if (key_is(key, "after")) return read_place(member, block);
    if (!member.read(text)) return;
    if (key_is(key, "type")) type = text;
    if (key_is(key, "thinking")) block.text = text;
    if (key_is(key, "data")) data = text;
    if (key_is(key, "signature")) block.signature = text;
    if (key_is(key, "model")) block.model = text;
  });
  block.redacted = key_is(type, "redacted_thinking");
  if (block.redacted) block.text = data;
  return block.redacted || key_is(type, "thinking");
}

}  // namespace

EchoSet echoed_member(json::RawString key) {
  for (const EchoRow& row : kEchoes) {
    if (key_is(key, row.key)) return row.member;
  }
  return 0;
}

json::RawString decode_signature(json::Value& extra_content, json::Raw* parts) {
  json::RawString signature;
  extra_content.each_member([&](json::RawString vendor, json::Value& members) {
    if (!key_is(vendor, "google")) return;
    members.each_member([&](json::RawString key, json::Value& value) {
      if (parts != nullptr && value.type() == json::Type::kArray && key_is(key, "parts")) *parts = value.raw();
      if (key_is(key, "thought_signature") && !value.read(signature)) signature = {};
    });
  });
  return signature;
}

std::vector<ThinkingBlock> decode_thinking_blocks(json::Value& value) {
  std::vector<ThinkingBlock> blocks;
  value.each_element([&blocks](size_t /*index*/, json::Value& element) {
    ThinkingBlock block;
    if (!read_block(element, block)) return;
    const bool is_repeated = std::any_of(blocks.begin(), blocks.end(),
                                         [&block](const ThinkingBlock& known) { return is_same(known, block); });
    if (!is_repeated) blocks.push_back(block);
  });
  return blocks;
}

}  // namespace onellm::dialects::openai_chat
