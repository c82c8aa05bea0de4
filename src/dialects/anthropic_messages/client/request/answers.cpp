#include "dialects/anthropic_messages/client/request/answers.h"

#include <optional>
#include <string>
#include <utility>

#include "dialects/common/client/extra_members.h"
#include "dialects/common/reasoning/envelope.h"

namespace onellm::dialects::anthropic_messages {

namespace {

using chat::Part;
using chat::PartKind;
using chat::ThinkingBlock;
using json::key_is;

int64_t text_before(const chat::Message& message) { return message.parts.empty() ? 0 : ThinkingBlock::kAllText; }

}  // namespace

void AnswerDecoder::decode(json::Value& value) {
  if (value.type() != json::Type::kArray) {
    message_.content_is_text = blocks_.decode_content(value, message_.parts);
    return;
  }
  fields_.elements(value, [this](json::Value& element) {
    decode_block(element);
    ++place_;
  });
}

void AnswerDecoder::decode_block(json::Value& value) {
  const json::RawString type = value.peek("type");
  if (key_is(type, "tool_use")) return decode_call(value);
  if (key_is(type, "thinking")) return decode_thinking(value);
  if (key_is(type, "redacted_thinking")) return decode_redacted(value);
  if (key_is(type, "compaction")) return decode_compaction(value);
  blocks_.decode(value, place_, message_.parts);
}

void AnswerDecoder::decode_call(json::Value& value) {
  chat::ToolCall call;
  bool has_id = false;
  ExtraMembers extra;
  fields_.members(value, [&](json::RawString key, json::Value& member) {
    if (key_is(key, "id")) {
      has_id = true;
      fields_.text(member, call.id);
    } else if (key_is(key, "name")) {
      fields_.text_not_empty(member, call.name);
    } else if (key_is(key, "input")) {
      fields_.object(member, call.arguments_object);
    } else if (key_is(key, "cache_control")) {
      fields_.object(member, call.cache_control);
    } else if (!key_is(key, "type")) {
      extra.add(key, member.raw());
    }
  });
  fields_.require(has_id, "id");
  fields_.require(!call.name.empty(), "name");
  fields_.require(!call.arguments_object.empty(), "input");
  if (fields_.complained()) return;
  call.extra = extra.finish(request_);
  call.notes.place = place_;
  message_.tool_calls.push_back(call);
}

void AnswerDecoder::decode_thinking(json::Value& value) {
  ThinkingBlock block;
  bool has_text = false;
  fields_.members(value, [&](json::RawString key, json::Value& member) {
    if (key_is(key, "thinking")) {
      has_text = true;
      fields_.text(member, block.text);
    } else if (key_is(key, "signature")) {
      fields_.text(member, block.signature);
    }
  });
  fields_.require(has_text, "thinking");
  if (fields_.complained()) return;
  if (is_envelope(block.signature.text)) return add_wrapped(block.signature, block.text);
  block.place = place_;
  block.calls_before = static_cast<uint32_t>(message_.tool_calls.size());
  block.text_before = text_before(message_);
  message_.thinking_blocks.push_back(block);
}

void AnswerDecoder::decode_redacted(json::Value& value) {
  ThinkingBlock block;
  block.redacted = true;
  fields_.members(value, [&](json::RawString key, json::Value& member) {
    if (key_is(key, "data")) fields_.text(member, block.text);
  });
  fields_.require(!block.text.empty(), "data");
  if (fields_.complained()) return;
  if (is_envelope(block.text.text)) return add_wrapped(block.text, {});
  block.place = place_;
  block.calls_before = static_cast<uint32_t>(message_.tool_calls.size());
  block.text_before = text_before(message_);
  message_.thinking_blocks.push_back(block);
}

void AnswerDecoder::add_wrapped(json::RawString envelope, json::RawString text) {
  chat::WrappedThought thought;
  thought.text = text;
  thought.place = place_;
  thought.calls_before = static_cast<uint32_t>(message_.tool_calls.size());
  thought.text_before = text_before(message_);
  std::optional<Envelope> opened = open_envelope(envelope.text);
  thought.is_open = opened.has_value();
  if (opened) {
    thought.kind = opened->kind;
    thought.provider = request_.keep(std::move(opened->provider));
    thought.model = request_.keep(std::move(opened->model));
    thought.payload = {request_.keep(std::move(opened->payload))};
  }
  message_.wrapped.push_back(thought);
}

void AnswerDecoder::decode_compaction(json::Value& value) {
  Part part;
  part.kind = PartKind::kForeign;
  part.place = place_;
  fields_.members(value, [&](json::RawString key, json::Value& member) {
    if (key_is(key, "content")) fields_.text(member, summary_);
    if (key_is(key, "cache_control")) fields_.object(member, part.cache_control);
  });
  if (fields_.complained()) return;
  part.raw = value.whole();
  message_.parts.push_back(part);
}

}  // namespace onellm::dialects::anthropic_messages
