// A conversation in the order that Anthropic wants: turns of user and assistant that alternate, every
// tool_use answered in the very next turn, results before anything else. Nothing is written here.
// https://docs.claude.com/en/docs/agents-and-tools/tool-use/implement-tool-use
//
// All views point into the request, into literals, or into what the conversation itself holds.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "chat/request.h"
#include "dialects/anthropic_messages/request/draft.h"
#include "dialects/anthropic_messages/request/messages/media_source.h"

namespace onellm::dialects::anthropic_messages {

enum class BlockKind : uint8_t { kText, kMedia, kToolUse, kToolResult, kThinking };

// One content block. Which fields are set follows from `kind`.
struct Block {
  BlockKind kind = BlockKind::kText;
  json::Raw cache_control = {};          // What stands before the end of the block is kept so; empty: it is not.
  bool is_error = false;                 // kToolResult
  std::string_view before = {};          // kText: stands before the text;
  json::RawString text = {};             //
  std::string_view after = {};           // and behind it.
  const MediaSource* media = nullptr;    // kMedia
  std::string_view id = {};              // kToolUse, kToolResult
  const chat::ToolCall* call = nullptr;  // kToolUse
  const std::vector<RenamedProperty>* renamed = nullptr;  // kToolUse: of its arguments; null: none.
  const chat::ThinkingBlock* thinking = nullptr;          // kThinking
  std::vector<Block> content = {};                        // kToolResult: texts and media
};

enum class TurnRole : uint8_t { kUser, kAssistant, kSystem };

struct Turn {
  TurnRole role = TurnRole::kUser;
  std::vector<Block> blocks;
};

struct Conversation {
  std::vector<Block> system;  // What stands before the first turn.
  std::vector<Turn> turns;
  std::vector<std::string> call_ids;
  std::vector<std::unique_ptr<MediaSource>> media;
};

// `thinks`: signed blocks of thinking go back to the model that signed them.
[[nodiscard]] Conversation arrange_conversation(RequestDraft& draft, bool thinks);

// True of content that is written as a string: one text, and nothing to say beside it.
[[nodiscard]] bool is_plain_text(const std::vector<Block>& blocks);

// True where signed blocks of thinking go back.
[[nodiscard]] bool has_thoughts(const Conversation& conversation);

// Adds to what is said last, behind all that was signed: what stands before a signed block must stay as it was.
// False where the assistant speaks last.
[[nodiscard]] bool instruct_at_end(Block instruction, Conversation& conversation);

// True where the last turn of the assistant calls tools without having thought first: what a model that is
// to think by budget refuses.
[[nodiscard]] bool calls_without_thinking(const Conversation& conversation);

}  // namespace onellm::dialects::anthropic_messages
