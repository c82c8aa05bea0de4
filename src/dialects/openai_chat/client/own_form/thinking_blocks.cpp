#include "dialects/openai_chat/client/own_form/thinking_blocks.h"

#include "base/limits.h"
#include "json/writer.h"

namespace onellm::dialects::openai_chat {

using chat::ThinkingBlock;

void ThinkingBlocks::add(const ThinkingBlock& block) {
  if (full_) return;
  if (!blocks_.empty()) blocks_ += ',';
  {
    json::ObjectWriter object(blocks_);
    object.add("type", json::RawString{block.redacted ? "redacted_thinking" : "thinking"});
    object.add(block.redacted ? "data" : "thinking", block.text);
    if (!block.redacted) object.add("signature", block.signature);
    object.add("model", block.model);
    if (block.calls_before > 0 || block.text_before > 0) {
      json::ObjectWriter after(object.begin("after"));
      if (block.calls_before > 0) after.add("tool_calls", int64_t{block.calls_before});
      if (block.text_before == ThinkingBlock::kAllText) {
        after.add("text", true);
      } else if (block.text_before > 0) {
        after.add("text", block.text_before);
      }
    }
  }
  if (blocks_.size() > kThinkingBytesMax) give_up();
}

void ThinkingBlocks::give_up() {
  full_ = true;
  std::string().swap(blocks_);
}

}  // namespace onellm::dialects::openai_chat
