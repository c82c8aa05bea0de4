// Turns the events of one reply, streamed or whole, into chat events. It holds what they mean together:
// which blocks are open, how many calls there were, what must wait for the end.
//
// Order: text, thinking and calls as they come. What the model signed, what it cited, and why it stopped
// is handed on at the end, by complete(): until then the reply may still turn out cut short.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "chat/event.h"
#include "dialects/anthropic_messages/reply/annotations.h"
#include "dialects/anthropic_messages/reply/event.h"
#include "dialects/anthropic_messages/reply/property_restorer.h"
#include "dialects/anthropic_messages/reply/thinking_blocks.h"
#include "dialects/dialect.h"

namespace onellm::dialects::anthropic_messages {

class ReplyFlow {
 public:
  explicit ReplyFlow(const ReplyContext& context)
      : text_tool_(context.text_tool),
        renamed_tools_(context.renamed_tools),
        renamed_(context.renamed_properties),
        text_characters_(context.characters_before) {}

  // Hands on what the event says. False if it breaks a rule; problem() says which. What the event's type
  // itself means for the stream (the end, an error) is the caller's business.
  [[nodiscard]] bool take(const MessageEvent& event, chat::EventSink& sink);

  // The event that `event`, a delta just taken, gave, if any delta of the same block that differs in its
  // text alone gives the same but for the text; such may then be handed to take_same().
  [[nodiscard]] std::optional<chat::Event> repeatable(const MessageEvent& event) const;
  // Requires that the event's text is plain ASCII.
  void take_same(const chat::Event& event, chat::EventSink& sink);

  // The reply is whole: hands on what waited, kFinished and kCompleted; kFailed alone where it was interrupted
  // before its first word. Requires started().
  void complete(chat::EventSink& sink);

  // To be called before complete(): what would be sent back to go on with the turn if it was paused; may be empty.
  void keep_content(std::string content) { content_ = std::move(content); }

  [[nodiscard]] bool started() const { return started_; }
  // True once a `message_delta` said why the answer stopped: it comes when all blocks are written.
  [[nodiscard]] bool finished() const { return finished_; }
  // For people: "has too many tool calls".
  [[nodiscard]] const char* problem() const { return problem_; }

 private:
  struct Block {
    int64_t index = 0;
    PartKind kind = PartKind::kHidden;
    bool is_text_tool = false;
    bool closed = false;
    bool has_fragments = false;
    uint32_t call = 0;
    // The arguments unless fragments of them come; the inside of a JSON string. Empty: {}, or handed on.
    std::string input = {};
    std::optional<PropertyRestorer> names = {};  // Empty: the arguments are as the client knows them.
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

  // What came before in the message.
  [[nodiscard]] ThinkingBlocks::Place place() const {
    return {.calls_before = calls_, .text_before = has_text_ ? text_characters_ : 0};
  }
  void take_text(json::RawString text, chat::EventSink& sink);
  void release_held_text(chat::EventKind kind, chat::EventSink& sink);
  void emit_text(json::RawString text, chat::EventSink& sink);
  void begin_content(chat::EventSink& sink);
  void take_thinking(json::RawString text, chat::EventSink& sink);
  void sign(json::RawString signature);
  void close_thinking();
  void take_fragment(Block& block, json::RawString text, chat::EventSink& sink);
  void add_citations(const MessageEvent& event, const Part& part);
  [[nodiscard]] bool is_interrupted() const;
  void hand_on_refusal(chat::EventSink& sink);
  void hand_on_extras(chat::EventSink& sink) const;
  void hand_on_finish(chat::EventSink& sink) const;

  const std::string text_tool_;
  const RenamedTools renamed_tools_;
  const std::vector<RenamedProperty> renamed_;
  std::vector<Block> blocks_;  // The open ones, and those of calls.
  ThinkingBlocks thinking_;
  Annotations annotations_;
  TokenCounts usage_;
  std::string id_;
  std::string model_;
  std::string stop_reason_;
  std::string explanation_;
  std::string container_;  // JSON, as it came.
  std::string content_;    // Likewise, of a turn that may be paused.
  bool refusal_said_ = false;
  std::string held_text_;  // While the text tool may still be called: its arguments would be the text.
  int64_t text_characters_ = 0;
  uint32_t calls_ = 0;  // That the client sees.
  bool started_ = false;
  bool finished_ = false;
  bool content_begun_ = false;
  bool has_text_ = false;
  bool has_blocks_ = false;  // Other ones than text.
  bool text_tool_called_ = false;
  const char* problem_ = "";
};

}  // namespace onellm::dialects::anthropic_messages
