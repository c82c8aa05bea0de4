#include "dialects/anthropic_messages/request/messages/writer.h"

#include "dialects/anthropic_messages/request/tools/property_names.h"
#include "dialects/common/request/raw_values.h"
#include "dialects/common/splice/spliced_writer.h"
#include "dialects/common/tools/call_arguments.h"

namespace onellm::dialects::anthropic_messages {

namespace {

void write_block(const Block& block, const ToolNames& names, SplicedText& body);

void write_text(const Block& block, SplicedText& body) {
  body.text() += '"';
  body.text() += block.before;
  body.append(block.text.text);
  body.text() += block.after;
  body.text() += '"';
}

// Writes one plain text as a string, and anything else as an array.
void write_blocks(const std::vector<Block>& blocks, const ToolNames& names, SplicedText& body) {
  if (is_plain_text(blocks)) return write_text(blocks[0], body);
  json::ArrayWriter array(body.text());
  for (const Block& block : blocks) {
    (void)array.next();
    write_block(block, names, body);
  }
}

void write_thinking_block(const chat::ThinkingBlock& thinking, SplicedText& body, json::ObjectWriter& object) {
  if (thinking.redacted) {
    object.add("type", json::RawString{"redacted_thinking"});
    return add_viewed(body, object, "data", thinking.text);
  }
  object.add("type", json::RawString{"thinking"});
  add_viewed(body, object, "thinking", thinking.text);
  add_viewed(body, object, "signature", thinking.signature);
}

void write_tool_use(const Block& block, const ToolNames& names, json::ObjectWriter& object) {
  object.add("type", json::RawString{"tool_use"});
  object.add("id", json::RawString{block.id});
  object.add("name", names.sent(block.call->name));
  object.add(block.extra);
  if (block.renamed == nullptr) return append_arguments(*block.call, object.begin("input"));
  std::string arguments;
  append_arguments(*block.call, arguments);
  append_renamed_arguments(*block.renamed, {arguments}, object.begin("input"));
}

void write_tool_result(const Block& block, const ToolNames& names, SplicedText& body, json::ObjectWriter& object) {
  object.add("type", json::RawString{"tool_result"});
  object.add("tool_use_id", json::RawString{block.id});
  if (block.content.empty()) {
    object.add("content", json::RawString{});
  } else {
    (void)object.begin("content");
    write_blocks(block.content, names, body);
  }
  if (block.is_error) object.add("is_error", true);
  object.add(block.extra);
}

// The cache breakpoint may have been moved or left out, so it is written apart.
void write_raw_block(json::Raw raw, json::ObjectWriter& object) {
  read_raw(raw, [&object](json::Value& value) {
    value.each_member([&object](json::RawString key, json::Value& member) {
      if (!json::key_is(key, "cache_control")) object.add(key.text, member.raw());
    });
  });
}

void write_block(const Block& block, const ToolNames& names, SplicedText& body) {
  json::ObjectWriter object(body.text());
  switch (block.kind) {
    case BlockKind::kText:
      object.add("type", json::RawString{"text"});
      (void)object.begin("text");
      write_text(block, body);
      break;
    case BlockKind::kMedia: write_media(*block.media, body, object); break;
    case BlockKind::kToolUse: write_tool_use(block, names, object); break;
    case BlockKind::kToolResult: write_tool_result(block, names, body, object); break;
    case BlockKind::kThinking: write_thinking_block(*block.thinking, body, object); break;
    case BlockKind::kRaw: write_raw_block(block.raw, object); break;
  }
  if (!block.cache_control.empty()) object.add("cache_control", block.cache_control);
}

json::RawString name_of(TurnRole role) {
  switch (role) {
    case TurnRole::kUser: return {"user"};
    case TurnRole::kAssistant: return {"assistant"};
    case TurnRole::kSystem: return {"system"};
  }
  __builtin_unreachable();
}

}  // namespace

void write_conversation(const Conversation& conversation, const ToolNames& names, SplicedText& body,
                        json::ObjectWriter& object) {
  if (!conversation.system.empty()) {
    (void)object.begin("system");
    write_blocks(conversation.system, names, body);
  }
  json::ArrayWriter messages(object.begin("messages"));
  for (const Turn& turn : conversation.turns) {
    json::ObjectWriter message(messages.next());
    message.add("role", name_of(turn.role));
    (void)message.begin("content");
    write_blocks(turn.blocks, names, body);
  }
}

}  // namespace onellm::dialects::anthropic_messages
