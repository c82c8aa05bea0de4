// Arranges a conversation as Anthropic needs it: turns of user and assistant alternate, the next turn answers every
// tool_use, and results come first in a turn. writer.h writes it.
// https://docs.claude.com/en/docs/agents-and-tools/tool-use/implement-tool-use
//
// Rule: All views point into the request, the draft, literals, or the conversation itself.
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

enum class BlockKind : uint8_t { kText, kMedia, kToolUse, kToolResult, kThinking, kRaw };

// One content block. The comments name the kinds that use a field.
struct Block {
  BlockKind kind = BlockKind::kText;
  uint32_t place = 0;                             // In the content of a client of this dialect.
  json::Raw cache_control = {};                   // The cache breakpoint at the end of the block; empty: none.
  bool is_error = false;                          // kToolResult
  bool is_listed = false;                         // kText: stays in an array where it is alone.
  std::string_view before = {};                   // kText: written before `text`
  json::RawString text = {};                      // kText; kRaw: only to count its characters
  std::string_view after = {};                    // kText: written after `text`
  const MediaSource* media = nullptr;             // kMedia
  std::string_view id = {};                       // kToolUse, kToolResult
  const chat::ToolCall* call = nullptr;           // kToolUse
  const RenamedParameters* renamed = nullptr;     // kToolUse: renamed parameters; null: none.
  const chat::ThinkingBlock* thinking = nullptr;  // kThinking
  std::vector<Block> content = {};                // kToolResult: texts and media
  json::Raw raw = {};                             // kRaw: the block as a client of this dialect wrote it
  json::RawMembers extra = {};                    // kToolUse, kToolResult: other members that such a client wrote
};

enum class TurnRole : uint8_t { kUser, kAssistant, kSystem };

struct Turn {
  TurnRole role = TurnRole::kUser;
  std::vector<Block> blocks;
};

struct Conversation {
  std::vector<Block> system;  // The system messages before the first turn.
  std::vector<Turn> turns;
  std::vector<std::string> call_ids;
  std::vector<std::unique_ptr<MediaSource>> media;
};

// `thinks`: signed thinking is sent back, if the requested model signed it.
[[nodiscard]] Conversation arrange_conversation(RequestDraft& draft, bool thinks);

// True of content that is one text without a cache breakpoint: it is written as a string.
[[nodiscard]] bool is_plain_text(const std::vector<Block>& blocks);

// True if the conversation has signed thinking.
[[nodiscard]] bool has_thoughts(const Conversation& conversation);

// Appends an instruction to the last turn, because everything before signed thinking must stay unchanged. False, and
// nothing is added, if the last turn is the assistant's or there is none.
[[nodiscard]] bool instruct_at_end(Block instruction, Conversation& conversation);

// True if the assistant's last turn calls tools and does not begin with thinking. Models that think by budget refuse
// that.
[[nodiscard]] bool calls_without_thinking(const Conversation& conversation);

}  // namespace onellm::dialects::anthropic_messages
