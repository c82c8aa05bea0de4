#include "dialects/openai_responses/request/messages/past_reasoning.h"

#include <utility>

#include "json/buffer.h"
#include "json/reader.h"

namespace onellm::dialects::openai_responses {

namespace {

bool is_reasoning_item(const std::string& text) {
  const json::Buffer buffer(text);
  json::Reader reader;
  bool is_reasoning = false;
  bool has_content = false;
  if (reader.open(buffer)) {
    reader.root().each_member([&](json::RawString key, json::Value& value) {
      json::RawString word;
      if (json::key_is(key, "type")) is_reasoning = value.read(word) && json::key_is(word, "reasoning");
      if (json::key_is(key, "encrypted_content")) has_content = value.read(word) && !word.empty();
    });
  }
  return reader.finish() && is_reasoning && has_content;
}

}  // namespace

std::string past_reasoning(const chat::ThinkingBlock& block, const std::string& origin) {
  if (!block.redacted || json::unescape(block.model) != origin) return {};
  std::string item = json::unescape(block.text);
  return is_reasoning_item(item) ? std::move(item) : std::string();
}

}  // namespace onellm::dialects::openai_responses
