// Turns the events of one reply, streamed or whole, into chat events. Keeps the state of the reply: open blocks, the
// number of tool calls, and values that are emitted only at the end.
//
// Rule: Text, thinking and tool calls are emitted as they come, signed thinking and citations when their block ends.
// The finish reason is emitted by complete(), because before that the reply may still be cut off.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "chat/event.h"
#include "dialects/anthropic_messages/reply/citations.h"
#include "dialects/anthropic_messages/reply/event.h"
#include "dialects/anthropic_messages/reply/property_restorer.h"
#include "dialects/anthropic_messages/reply/thinking.h"
#include "dialects/dialect.h"

namespace onellm::dialects::anthropic_messages {

class ReplyFlow {
 public:
  explicit ReplyFlow(const ReplyContext& context)
      : text_tool_(context.text_tool),
        renamed_tools_(context.renamed_tools),
        renamed_(context.renamed_properties),
        text_characters_(context.characters_before) {}

  // Emits the chat events of one event. False if the event is invalid; problem() has the reason. The caller handles
  // `message_stop` and `error`.
  [[nodiscard]] bool take(const MessageEvent& event, chat::EventSink& sink);

  // A fast path for deltas. `event` must be the event that was just taken. Returns the chat event that it caused, if a
  // later delta of the same block that differs only in its text causes the same chat event with the new text. The
  // caller may then pass such deltas to take_same(). Empty: not possible.
  [[nodiscard]] std::optional<chat::Event> repeatable(const MessageEvent& event) const;
  // Requires that the event's text is plain ASCII.
  void take_same(const chat::Event& event, chat::EventSink& sink);

  // The reply is complete: emits the values that were kept for the end, kFinished and kCompleted. Emits only kFailed
  // if the reply has no content and an unknown stop reason. Requires started().
  void complete(chat::EventSink& sink);

  // Call it before complete(). `content` is sent back to the provider to continue a paused turn; may be empty.
  void keep_content(std::string content) { content_ = std::move(content); }

  [[nodiscard]] bool started() const { return started_; }
  // True once a `message_delta` had a stop reason. It comes after all blocks.
  [[nodiscard]] bool finished() const { return finished_; }
  // Text for the error message, such as "has too many tool calls".
  [[nodiscard]] const char* problem() const { return problem_; }

 private:
  struct Block {
    int64_t index = 0;
    PartKind kind = PartKind::kHidden;
    bool is_text_tool = false;
    bool closed = false;
    bool has_fragments = false;
    uint32_t call = 0;
    // The arguments of the block's start, used if no fragments come; escaped for a JSON string. Empty: {}, or emitted.
    std::string input = {};
    std::optional<PropertyRestorer> names = {};  // Empty: no parameter was renamed.
  };

  void take_message(const MessageEvent& event, chat::EventSink& sink);
  void start(chat::EventSink& sink);
  void take_end(const MessageEvent& event, chat::EventSink& sink);
  void open_block(const MessageEvent& event, const Part& part, int64_t index, chat::EventSink& sink);
  void open_tool_call(const Part& part, Block& block, chat::EventSink& sink);
  void take_delta(const MessageEvent& event, chat::EventSink& sink);
  [[nodiscard]] Block* find_block(int64_t index);
  void close_block_at(int64_t index, chat::EventSink& sink);
  void close_block(Block& block, chat::EventSink& sink);

  // The calls and text before the present place in the message.
  [[nodiscard]] OpenThinking::Place place() const {
    return {.calls_before = calls_, .text_before = has_text_ ? text_characters_ : 0};
  }
  void take_text(json::RawString text, chat::EventSink& sink);
  void release_held_text(chat::EventKind kind, chat::EventSink& sink);
  void emit_text(json::RawString text, chat::EventSink& sink);
  void begin_content(chat::EventSink& sink);
  void take_thinking(json::RawString text, chat::EventSink& sink);
  void sign(json::RawString signature);
  void close_thinking(chat::EventSink& sink);
  void hand_on_redacted(json::RawString data, chat::EventSink& sink);
  void take_fragment(Block& block, json::RawString text, chat::EventSink& sink);
  void add_citations(const MessageEvent& event, const Part& part);
  [[nodiscard]] bool is_interrupted() const;
  void hand_on_refusal(chat::EventSink& sink);
  void end_content(chat::EventSink& sink);
  void hand_on_finish(chat::EventSink& sink) const;

  const std::string text_tool_;
  const RenamedTools renamed_tools_;
  const std::vector<RenamedProperty> renamed_;
  std::vector<Block> blocks_;  // Open blocks, and all streamed tool calls.
  OpenThinking thinking_;
  Citations citations_;
  TokenCounts usage_;
  std::string id_;
  std::string model_;
  std::string stop_reason_;
  std::string stop_sequence_;
  std::string explanation_;
  std::string refusal_category_;
  std::string container_;  // JSON, unchanged.
  std::string content_;    // JSON, as given to keep_content().
  bool refusal_said_ = false;
  std::string held_text_;  // Text that waits to see whether the text tool is called (see take_text).
  int64_t text_characters_ = 0;
  uint32_t calls_ = 0;  // Tool calls that the client sees.
  bool started_ = false;
  bool finished_ = false;
  bool content_begun_ = false;
  bool has_text_ = false;
  bool has_blocks_ = false;  // There was a block of another kind than text.
  bool text_tool_called_ = false;
  bool has_signed_ = false;  // Signed or redacted thinking was passed on.
  const char* problem_ = "";
};

}  // namespace onellm::dialects::anthropic_messages
