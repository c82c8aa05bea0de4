// Decides what of an answer stands in which content block. Streams and whole replies share it, so that the two cannot
// disagree.
//
// | events | block |
// |---|---|
// | text, refusal | text |
// | reasoning | thinking; its signature is Anthropic's own or an envelope (thought_seal.h) |
// | a signature without reasoning | redacted_thinking, before its call or text; behind it if it came late |
// | tool call | tool_use |
// | citation | with the text block that is open; a late one with its title as a text, behind the content |
//
// Pictures, code that the provider ran and its own parts have no block and are left out.
//
// Rule: one block at a time. A call whose input is not complete keeps its block: what comes in between is held, up to
// kHeldCallsBytesMax.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "chat/event.h"
#include "chat/owned_event.h"
#include "dialects/anthropic_messages/client/blocks/block_writer.h"
#include "dialects/anthropic_messages/client/blocks/thought_seal.h"

namespace onellm::dialects::anthropic_messages {

class ContentFlow {
 public:
  // `seed`: unique for each answer. Used to make ids of calls that came without one.
  ContentFlow(BlockWriter& blocks, bool hides_thoughts, std::string seed)
      : blocks_(blocks), hides_thoughts_(hides_thoughts), seed_(std::move(seed)) {}

  // Appends what the event brings; events that are no part of the content are ignored. Ignores everything after
  // problem() is set.
  void take(const chat::Event& event, std::string& out);
  // Before the first event, if it is known how the answer ends.
  void will_end(chat::FinishReason finish) { finish_ = finish; }
  // The content is whole. `finish`: how the answer ended.
  void end(chat::FinishReason finish, std::string& out);

  // Text would go into the open block, without a further word.
  [[nodiscard]] bool text_is_open() const { return block_ == Block::kText; }
  [[nodiscard]] bool has_calls() const { return has_calls_; }
  // Why the model refused; the inside of a JSON string.
  [[nodiscard]] const std::string& refusal() const { return refusal_; }
  // Why the answer cannot be written any further. What was written may have an open block.
  [[nodiscard]] const std::optional<Error>& problem() const { return problem_; }

 private:
  enum class Block : uint8_t { kNone, kText, kThinking, kCall };

  void write(const chat::Event& event, std::string& out);
  void write_text(json::RawString text, std::string& out);
  void write_refusal(const chat::Event& event, std::string& out);
  void write_reasoning(const chat::Event& event, std::string& out);
  void write_signed(const chat::EventDetails& details, std::string& out);
  // Google's signature of a text or of the open thinking block.
  void write_part_signature(json::RawString signature, std::string& out);
  [[nodiscard]] std::string id_of(const chat::Event& call) const;
  void write_call(const chat::Event& event, std::string& out);
  void write_input(const chat::Event& event, std::string& out);
  void write_late_signature(const chat::Event& event, std::string& out);
  // Puts the signature on the open thinking block, or else into a block of its own. Empty: the reasoning so far is
  // whole, and has none.
  void put_signature(std::string_view signature, std::string& out);
  void add_redacted(std::string_view data, std::string& out);
  void close(std::string& out);

  // --- held_content.cpp ---
  void hold_citation(const chat::Event& event);
  void write_late_citations(std::string& out);
  [[nodiscard]] bool is_of_open_call(const chat::Event& event) const;
  [[nodiscard]] bool must_wait(const chat::Event& event) const;
  void hold(const chat::Event& event);
  void release(std::string& out);
  void release_all(std::string& out);
  // `call`: what follows "The tool call ".
  void fail_call(std::string_view call, std::string_view problem);
  void fail_open_call(std::string_view problem);

  BlockWriter& blocks_;
  const bool hides_thoughts_;
  const std::string seed_;
  ThoughtSeal seal_;
  Block block_ = Block::kNone;
  uint32_t call_ = 0;      // Of the open call: its index
  std::string call_name_;  // and its name, the inside of a JSON string.
  bool has_calls_ = false;
  bool knows_signatures_ = false;  // Of this leg the signatures of parts came at their places.
  bool is_text_signed_ = false;    // The open text, or the next one, has its signature before it.
  std::string signature_of_text_;  // Of the open text: it is written behind it. Sealed.
  std::string signature_of_call_;  // Likewise, of the latest call.
  std::string refusal_;
  bool has_text_ = false;                                          // This leg wrote a text.
  std::vector<std::unique_ptr<chat::OwnedEvent>> late_citations_;  // Their text is closed.
  size_t late_citation_bytes_ = 0;
  std::vector<std::unique_ptr<chat::OwnedEvent>> held_;
  size_t held_bytes_ = 0;
  chat::FinishReason finish_ = chat::FinishReason::kStop;
  std::optional<Error> problem_;
};

}  // namespace onellm::dialects::anthropic_messages
